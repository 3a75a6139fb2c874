namespace Sandbox.Ecr;

/// <summary>When a till books a sale: real ones follow either model.</summary>
public enum BookingModel
{
    /// <summary>When the till has acknowledged 04 0F with result 00.</summary>
    OnStatus,
    /// <summary>Only when 06 0F closes the command.</summary>
    OnCompletion,
}

/// <summary>The result of one command, as the till saw it.</summary>
/// <param name="Status">The last 04 0F that could be read, if any.</param>
/// <param name="Completed">06 0F came.</param>
/// <param name="AbortCode">The code of 06 1E, or of a negative first answer.</param>
sealed record TillResult(StatusFields? Status, bool Completed, byte? AbortCode)
{
    public byte? Result => Status?.Result;

    public int? Receipt => Status?.Receipt;

    public long? Amount => Status?.Cents;

    public string Text => Status?.Text ?? "";
}

/// <summary>A cash register over ZVT: sends commands, answers the terminal, keeps its own book of sales.</summary>
sealed class Till(TillLine line, BookingModel model)
{
    static readonly TimeSpan T3 = TimeSpan.FromSeconds(5);
    static readonly TimeSpan T4 = TimeSpan.FromSeconds(180);
    const int MostLeft = 8;

    readonly Book book = new();

    /// <summary>Receipt number → cents of every sale that the till holds for paid.</summary>
    public IReadOnlyDictionary<int, long> Booked => book.Sales(model);

    public BookingModel Model => model;

    /// <summary>Called before the till answers a message of the terminal; false: it stops answering.</summary>
    public Func<Telegram, bool> Answers { get; set; } = _ => true;

    /// <summary>The till's answer to a message; what it refuses, it does not book.</summary>
    public Func<Telegram, Telegram> Reply { get; set; } = _ => Telegram.Yes;

    /// <summary>Intermediate status messages (04 FF) as they come.</summary>
    public Action<byte>? Intermediate { get; set; }

    /// <summary>Six digits.</summary>
    public string Password { get; init; } = "000000";

    /// <summary>
    /// Whether the till prints the receipts that the terminal sends. Otherwise it makes its own from 04 0F.
    /// </summary>
    public bool PrintsForTerminal { get; init; }

    /// <summary>06 00: the till speaks TLV and may want intermediate status.</summary>
    public TillResult Register(bool wantsProgress = true)
    {
        var configuration = (PrintsForTerminal ? 0xB6 : 0x36) | (wantsProgress ? 0x08 : 0);
        return Run(0x0600, $"{configuration:X2} 0978 03 00 06 00");
    }

    /// <summary>06 01, with the code the till scanned (digits in 22, anything else in 2D) or without.</summary>
    public TillResult Pay(long cents, string? code) => Run(Orders.Pay(cents, code));

    /// <summary>06 20: what became of the last transaction? The book follows the answer.</summary>
    public TillResult Resynchronise() => Run(0x0620, "03 03");

    /// <summary>06 30: returns the whole payment with this receipt number.</summary>
    public TillResult Reverse(int receipt) => Run(0x0630, $"87 {receipt:D4}");

    /// <summary>06 31: returns a part of the payment with this receipt number.</summary>
    public TillResult Refund(int receipt, long cents) => Run(0x0631, $"{Orders.Amount(cents)} 87 {receipt:D4}");

    /// <summary>06 31 by the terminal's own reference, which also works after the period was closed.</summary>
    public TillResult Refund(string reference, long cents) =>
        Run(0x0631, $"{Orders.Amount(cents)} {Orders.Text("REF:" + reference)}");

    /// <summary>06 50: closes the business period.</summary>
    public TillResult EndOfDay() => Run(0x0650);

    /// <summary>06 10: the totals of the period so far.</summary>
    public TillResult Totals() => Run(0x0610);

    /// <summary>06 B0, from another thread while <see cref="Pay"/> waits.</summary>
    public void Abort() => line.Send(Telegram.Of(0x06B0));

    public TillResult Status() => Run(0x0501);

    /// <summary>How many messages came while the till waited for the first answer to something else.</summary>
    public int Unasked { get; private set; }

    /// <summary>Continues with the same books on a new connection, after a break over TCP.</summary>
    public void MoveTo(TillLine next) => line = next;

    /// <summary>
    /// Sends a command and returns its first answer; null if none came. Messages that are left from the command before
    /// are answered and booked.
    /// </summary>
    public Telegram? Begin(Telegram command)
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
            Enter(new(null, false, null), message);
        }
        return null;
    }

    TillResult Run(int command, string data = "") => Run(Telegram.Of(command, Password + data));

    TillResult Run(Telegram command) => Begin(command) switch
    {
        null => new(null, false, null),
        { IsPositive: false } refused => new(null, false, (byte)(refused.Command & 0xFF)),
        _ => Follow(),
    };

    /// <summary>Takes what the terminal says until the command under way ends.</summary>
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
            result = reply.IsPositive ? Enter(result, message) : result;
            if (message.Command is 0x060F or 0x061E)
            {
                break;
            }
        }
        return result;
    }

    TillResult Enter(TillResult result, Telegram message)
    {
        switch (message.Command)
        {
            case 0x04FF:
                Intermediate?.Invoke(message.Data is [var code, ..] ? code : (byte)0);
                return result;
            case 0x040F:
                result = result with { Status = StatusFields.Read(message.Data) };
                book.Acknowledged(result.Status);
                return result;
            case 0x060F:
                book.Completed(result.Status);
                return result with { Completed = true };
            case 0x061E:
                book.Terminated(result.Status);
                return result with { AbortCode = message.Data is [var rc, ..] ? rc : (byte)0 };
            default:
                return result;
        }
    }
}
