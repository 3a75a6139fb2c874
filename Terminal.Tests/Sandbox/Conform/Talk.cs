using Sandbox.Ecr;

namespace Sandbox.Conform;

/// <summary>One command of the till, and all that the terminal said until it was over.</summary>
sealed class Talk(Telegram first)
{
    readonly List<Telegram> messages = [];

    /// <summary>80 00 00 or 84 xx 00.</summary>
    public Telegram First => first;

    /// <summary>The terminal's own messages, repeats included.</summary>
    public IReadOnlyList<Telegram> Messages => messages;

    /// <summary>The last 04 0F that could be read.</summary>
    public StatusFields? Status { get; private set; }

    /// <summary>The last 04 0F, where there must be one.</summary>
    public StatusFields Told => Status ?? throw new Deviation("04 0F", ToString());

    /// <summary>The receipt number in it, where there must be one.</summary>
    public int Receipt => Told.Receipt ?? throw new Deviation("a receipt number (87) in 04 0F", "none");

    /// <summary>06 0F or 06 1E; null if neither came.</summary>
    public Telegram? End { get; private set; }

    public int Count(int command) => messages.Count(m => m.Command == command);

    public void Add(Telegram message)
    {
        messages.Add(message);
        if (message.Command == 0x040F)
        {
            Status = StatusFields.Read(message.Data) ??
                throw new Deviation("a 04 0F of fields of the table, each once", message.ToString());
        }
    }

    /// <summary>06 0F or 06 1E came, and the till reacted to it as intended.</summary>
    public void Close(Telegram end) => End = end;

    public override string ToString() => $"{first}" + string.Concat(messages.Select(m => $" | {m}"));
}
