using System.Text;
using Terminal.Ecr.Messages;

namespace Sandbox.Ecr;

/// <summary>When a till books a sale: real ones follow either model.</summary>
public enum BookingModel
{
    /// <summary>When it has acknowledged 04 0F with result 00.</summary>
    OnStatus,
    /// <summary>Only when 06 0F closes the command.</summary>
    OnCompletion,
}

/// <summary>What one command came to, as the till saw it.</summary>
/// <param name="Status">The final 04 0F, if one came.</param>
/// <param name="Completed">06 0F came.</param>
/// <param name="AbortCode">Of 06 1E, or of a negative first answer.</param>
sealed record TillResult(Fields? Status, bool Completed, byte? AbortCode)
{
    public byte? Result => Status?.Get(Bmp.Result)?.Span[0];

    public int? Receipt => (int?)(Status?.Get(Bmp.Receipt) is { } bytes ? Bcd.Read(bytes.Span) : null);

    public long? Amount => Status?.Get(Bmp.Amount) is { } bytes ? Bcd.Read(bytes.Span) : null;

    public string Text => Status?.Get(Bmp.Text) is { } bytes ? Encoding.ASCII.GetString(bytes.Span) : "";
}

/// <summary>A cash register over ZVT: sends commands, answers the terminal, keeps its own book of sales.</summary>
sealed class Till(TillLine line, BookingModel model)
{
    static readonly TimeSpan T3 = TimeSpan.FromSeconds(5);
    static readonly TimeSpan T4 = TimeSpan.FromSeconds(180);
    const int MostLeft = 8;

    static readonly Apdu Understood = new(0x8000, []);

    readonly Dictionary<int, long> booked = [];

    /// <summary>Receipt number → cents of every sale that the till holds for paid.</summary>
    public IReadOnlyDictionary<int, long> Booked => booked;

    public BookingModel Model => model;

    /// <summary>Called before the till answers a message of the terminal; false: it does not answer any more.</summary>
    public Func<Apdu, bool> Answers { get; set; } = _ => true;

    /// <summary>What the till answers a message with; what it refuses, it does not book.</summary>
    public Func<Apdu, Apdu> Reply { get; set; } = _ => Understood;

    /// <summary>Intermediate status messages (04 FF) as they come.</summary>
    public Action<byte>? Intermediate { get; set; }

    /// <summary>Three bytes BCD.</summary>
    public byte[] Password { get; init; } = [0, 0, 0];

    /// <summary>It prints the receipts that the terminal sends; otherwise it makes its own from 04 0F.</summary>
    public bool PrintsForTerminal { get; init; }

    /// <summary>06 00: the till wants intermediate status and speaks TLV.</summary>
    public TillResult Register(bool wantsProgress = true)
    {
        var config = (byte)((PrintsForTerminal ? 0xB6 : 0x36) | (wantsProgress ? 0x08 : 0));
        return Run(new(0x0600, [.. Password, config, 0x09, 0x78, Bmp.ServiceByte, 0, Bmp.Tlv, 0]));
    }

    /// <summary>06 01, with the code the till scanned (digits in 22, anything else in 2D) or without.</summary>
    public TillResult Pay(long cents, string? code) => Run(Authorisation(cents, code));

    /// <summary>The order alone, for a till that sends it piece by piece.</summary>
    public static Apdu Authorisation(long cents, string? code)
    {
        var data = new FieldWriter().Number(Bmp.Amount, cents, 6).Number(Bmp.Currency, 978, 2);
        if (code is not null)
        {
            _ = code.All(char.IsAsciiDigit)
                ? data.LlVar(Bmp.Pan, Bcd.WriteDigits(code))
                : data.LlVar(Bmp.Track1, Encoding.ASCII.GetBytes(code));
            data.Tlvs(new Tlv(0x1F2D, new byte[] { 2 }));
        }
        return new(Command.Authorisation, data.ToBytes());
    }

    /// <summary>06 20: what became of the last transaction? The book follows the answer.</summary>
    public TillResult Resynchronise() => Run(new(0x0620, [.. Password, Bmp.ServiceByte, 3]));

    /// <summary>06 30: the whole payment with this receipt number back.</summary>
    public TillResult Reverse(int receipt) =>
        Run(new(Command.Reversal, new FieldWriter().Raw(Password).Number(Bmp.Receipt, receipt, 2).ToBytes()));

    /// <summary>06 31: a part of the payment with this receipt number back.</summary>
    public TillResult Refund(int receipt, long cents) => Run(new(Command.Refund, new FieldWriter()
        .Raw(Password).Number(Bmp.Amount, cents, 6).Number(Bmp.Receipt, receipt, 2).ToBytes()));

    /// <summary>06 31 by the terminal's own reference, also after the period was closed.</summary>
    public TillResult Refund(string reference, long cents) => Run(new(Command.Refund, new FieldWriter()
        .Raw(Password).Number(Bmp.Amount, cents, 6)
        .LllVar(Bmp.Text, Encoding.ASCII.GetBytes("REF:" + reference)).ToBytes()));

    /// <summary>06 50: closes the business period.</summary>
    public TillResult EndOfDay() => Run(new(Command.EndOfDay, Password));

    /// <summary>06 10: what the period came to so far.</summary>
    public TillResult Totals() => Run(new(Command.Totals, Password));

    /// <summary>06 B0, from another thread while <see cref="Pay"/> waits.</summary>
    public void Abort() => line.Send(new(0x06B0, []));

    public TillResult Status() => Run(new(0x0501, [.. Password]));

    /// <summary>Messages that came when the till waited for the first answer to something else.</summary>
    public int Unasked { get; private set; }

    /// <summary>After a break over TCP: the same books at a new connection.</summary>
    public void MoveTo(TillLine next) => line = next;

    /// <summary>
    /// Sends a command; its first answer, null if none came. What the terminal had still to say of the command before
    /// is answered and booked.
    /// </summary>
    public Apdu? Begin(Apdu command)
    {
        var left = line.Send(command) ? MostLeft : 0;
        while (left-- > 0 && line.Receive(T3) is { } message)
        {
            if (message.IsAnswer)
            {
                return message;
            }
            Unasked++;
            line.Send(Reply(message));
            Book(new(null, false, null), message);
        }
        return null;
    }

    TillResult Run(Apdu command) => Begin(command) switch
    {
        null => new(null, false, null),
        { IsPositive: false } refused => new(null, false, (byte)(refused.Command & 0xFF)),
        _ => Follow(),
    };

    /// <summary>Takes what the terminal says until the command that is under way ends.</summary>
    public TillResult Follow()
    {
        var result = new TillResult(null, false, null);
        while (line.Receive(T4) is { } message)
        {
            if (message.IsAnswer)
            {
                continue;
            }
            if (!Answers(message))
            {
                return result;
            }
            var reply = Reply(message);
            line.Send(reply);
            result = reply.IsPositive ? Book(result, message) : result;
            if (message.Command is 0x060F or 0x061E)
            {
                break;
            }
        }
        return result;
    }

    TillResult Book(TillResult result, Apdu message)
    {
        switch (message.Command)
        {
            case 0x04FF:
                Intermediate?.Invoke(message.Data is [var code, ..] ? code : (byte)0);
                return result;
            case 0x040F:
                result = result with { Status = Fields.Read(message.Data) };
                if (model == BookingModel.OnStatus)
                {
                    Enter(result);
                }
                return result;
            case 0x060F:
                result = result with { Completed = true };
                Enter(result);
                return result;
            case 0x061E:
                return result with { AbortCode = message.Data is [var rc, ..] ? rc : (byte)0 };
            default:
                return result;
        }
    }

    /// <summary>BMP 37 marks a reversal or refund: it is none of the sales.</summary>
    void Enter(TillResult result)
    {
        if (result is { Receipt: { } receipt, Amount: { } cents } && !result.Status!.Has(Bmp.OriginalTrace))
        {
            if (result.Result == 0)
            {
                booked[receipt] = cents;
            }
            else
            {
                booked.Remove(receipt);
            }
        }
    }
}
