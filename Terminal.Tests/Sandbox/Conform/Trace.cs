using System.Diagnostics;
using System.Globalization;
using Sandbox.Ecr;

namespace Sandbox.Conform;

/// <summary>The bytes of one case, both ways, as text.</summary>
sealed class Trace
{
    const int Authorisation = 0x0601;

    /// <summary>No case needs more lines; a peer that never stops fails the case.</summary>
    const int Limit = 5000;

    readonly List<string> lines = [];
    long since = Stopwatch.GetTimestamp();

    public IReadOnlyList<string> Lines => lines;

    public void Restart()
    {
        lines.Clear();
        since = Stopwatch.GetTimestamp();
    }

    public void Sent(ReadOnlySpan<byte> bytes) => Add(">", Octets.Show(bytes));

    /// <summary>Hides the customer's code, which an order may hold and which belongs in no file.</summary>
    public void Came(Heard heard) => Add("<", heard.Telegram switch
    {
        { Command: Authorisation } order => $"06 01 .. ({order.Data.Length} bytes of data, not shown)",
        _ when heard.Raw.Length == 0 => heard.ToString(),
        _ => Octets.Show(heard.Raw),
    });

    public void Note(string what) => Add("-", what);

    void Add(string way, string what)
    {
        if (lines.Count >= Limit)
        {
            throw new Deviation("an end", $"more than {Limit} messages");
        }
        lines.Add(string.Create(
            CultureInfo.InvariantCulture, $"{Stopwatch.GetElapsedTime(since).TotalSeconds,8:0.000} {way} {what}"));
    }
}
