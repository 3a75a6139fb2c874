using System.Globalization;
using Terminal.Ecr;
using Terminal.Ecr.Blocks;
using Terminal.Ecr.Trace;

namespace Sandbox.Ecr;

/// <summary><c>ecr</c>: one command of a till, with all that is said until it ends.</summary>
static class EcrVerb
{
    public static Verb Verb { get; } = new(
        "ecr", "one command of a till; shows every message of the dialogue", args => Task.FromResult(Run(args)))
    {
        Takes = "pay EUROS [--code CODE] | repeat | status | register | abort | reverse RECEIPT | " +
            "refund EUROS RECEIPT-OR-REF | totals | close, and --device PATH | --tcp HOST:PORT",
        Options =
        [
            ("--code CODE", "that the till scanned; without it the terminal scans"),
            ("--device PATH", "serial line, 8N2; this or --tcp"),
            ("--baud N", "of the serial line; default 9600"),
            ("--tcp HOST:PORT", "where the terminal listens"),
            ("--password NNNNNN", "that the terminal wants; default 000000"),
        ],
        Example = "pay 12.34 --code 281234567890123456 --device /dev/ttyUSB0",
        LastLine = "what it came to: paid, returned, done, totals, or \"ended with\" the code of 06 1E",
    };

    static readonly TimeSpan T3 = TimeSpan.FromSeconds(5);

    /// <returns>
    /// 0 if the command got what it asked for, 1 if not, 64 for a wrong command line, 74 without a line.
    /// </returns>
    public static int Run(string[] args)
    {
        List<string> words = [.. args];
        var (device, tcp) = (Take(words, "--device"), Take(words, "--tcp"));
        var password = Take(words, "--password") ?? "000000";
        if ((device is null) == (tcp is null) || password.Length != 6 || !password.All(char.IsAsciiDigit) ||
            !int.TryParse(Take(words, "--baud") ?? "9600", NumberStyles.None, null, out var baud) ||
            Command([.. words], password) is not { } command)
        {
            return 64;
        }
        var (line, problem) = tcp is not null
            ? Connect(tcp)
            : PortsLine.Open(new EcrSettings { Device = device!, Baud = baud });
        if (line is null)
        {
            Console.Error.WriteLine($"ecr: {problem}");
            return 74;
        }
        using var cable = new TillLine(line, tcp is not null) { Watch = Show };
        return command(cable) ? 0 : 1;
    }

    /// <summary>The value of an option, taken out of the words; null if it is not there.</summary>
    static string? Take(List<string> words, string option)
    {
        var at = words.IndexOf(option);
        if (at < 0 || at + 1 == words.Count)
        {
            return null;
        }
        var value = words[at + 1];
        words.RemoveRange(at, 2);
        return value;
    }

    static Func<TillLine, bool>? Command(string[] words, string password)
    {
        Till NewTill(TillLine cable) =>
            new(cable, BookingModel.OnCompletion) { PrintsForTerminal = true, Password = password };
        return words switch
        {
            ["pay", var euros] when Cents(euros) is { } cents => cable => Pay(NewTill(cable), cents, null),
            ["pay", var euros, "--code", { Length: > 0 } code] when Cents(euros) is { } cents =>
                cable => Pay(NewTill(cable), cents, code),
            ["reverse", var number] when Receipt(number) is { } receipt =>
                cable => Tell(NewTill(cable).Reverse(receipt)),
            ["refund", var euros, var number] when Cents(euros) is { } cents && Receipt(number) is { } receipt =>
                cable => Tell(NewTill(cable).Refund(receipt, cents)),
            ["refund", var euros, { Length: 26 } reference] when Cents(euros) is { } cents =>
                cable => Tell(NewTill(cable).Refund(reference, cents)),
            ["totals"] => cable => Tell(NewTill(cable).Totals()),
            ["close"] => cable => Tell(NewTill(cable).EndOfDay()),
            ["repeat"] => cable => Tell(NewTill(cable).Resynchronise()),
            ["status"] => cable => Tell(NewTill(cable).Status()),
            ["register"] => cable => Tell(NewTill(cable).Register()),
            ["abort"] => Abort,
            _ => null,
        };
    }

    /// <summary>Null unless the text is a positive amount in whole cents, e.g. 12.34.</summary>
    static long? Cents(string euros) =>
        decimal.TryParse(euros, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var amount) &&
        amount is > 0 and < 10_000_000_000 && decimal.IsInteger(amount * 100)
            ? (long)(amount * 100)
            : null;

    static int? Receipt(string number) =>
        int.TryParse(number, NumberStyles.None, null, out var receipt) && receipt is > 0 and < 10_000 ? receipt : null;

    /// <summary>Ctrl-C asks the terminal to abort; a second one leaves.</summary>
    static bool Pay(Till till, long cents, string? code)
    {
        var asked = false;
        void Abort(object? sender, ConsoleCancelEventArgs e)
        {
            e.Cancel = !asked;
            if (!asked)
            {
                asked = true;
                till.Abort();
            }
        }
        Console.CancelKeyPress += Abort;
        try
        {
            return Tell(till.Pay(cents, code)) && till.Booked.Count == 1;
        }
        finally
        {
            Console.CancelKeyPress -= Abort;
        }
    }

    static bool Abort(TillLine cable)
    {
        var answer = cable.Send(Telegram.Of(0x06B0)) ? cable.Receive(T3) : null;
        Console.WriteLine(answer switch
        {
            null => "no answer",
            { IsPositive: true } => "aborting",
            _ => $"refused with {answer.Command & 0xFF:X2}",
        });
        return answer is { IsPositive: true };
    }

    static bool Tell(TillResult result)
    {
        var what = result switch
        {
            { Completed: true, Result: null } => "done",
            { Completed: true, Result: 0 } => result.Status!.IsOfReturn ? "returned" :
                result.Receipt is null ? "totals" : "paid",
            { AbortCode: { } code } => $"ended with {code:X2}",
            _ => "no answer",
        };
        var receipt = result.Receipt is { } number ? $", receipt {number}" : "";
        var amount = result.Amount is { } cents
            ? $", EUR {(cents / 100m).ToString("0.00", CultureInfo.InvariantCulture)}"
            : "";
        Console.WriteLine($"{what}{receipt}{amount}{(result.Text.Length > 0 ? ": " + result.Text : "")}");
        return result.Completed && result.Result is null or 0;
    }

    static void Show(bool isOurs, byte[] apdu) => Console.WriteLine(
        $"{(isOurs ? "till    " : "terminal")}  {Convert.ToHexString(apdu)}  {TraceWords.Of(apdu)}");

    static Opened Connect(string place) => Conform.Connection.Parse(place) is { } end
        ? Conform.Connection.To(end)
        : new(null, $"{place} is not HOST:PORT");
}
