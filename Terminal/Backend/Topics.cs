namespace Terminal.Backend;

/// <summary>
/// The topics of one terminal. The version changes only when older readers could not understand a message.
/// </summary>
sealed record Topics(string TerminalId)
{
    const string Root = "pos/v1/";
    const int LongestId = 32;

    /// <summary>Retained: online since when, or offline. The will of a connection goes here too.</summary>
    public string Status => $"{Root}{TerminalId}/status";

    /// <summary>The first message on every connection; the head office answers with an acknowledgement.</summary>
    public string Hello => $"{Root}{TerminalId}/hello";

    public string Journal => $"{Root}{TerminalId}/journal";

    /// <summary>From the head office to the terminal.</summary>
    public string Ack => $"{Root}{TerminalId}/ack";

    /// <summary>Some brokers rewrite other characters, and '/', '+' and '#' have a meaning in topics.</summary>
    public static bool IsTerminalId(string id) =>
        id.Length is > 0 and <= LongestId && id.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_');
}
