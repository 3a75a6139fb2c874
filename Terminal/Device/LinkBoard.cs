using System.Collections.Concurrent;
using Serilog;
using Serilog.Events;

namespace Terminal.Device;

/// <summary>
/// The newest state of each link, for status and display; each change is logged once. A link that keeps changing, or a
/// stranger who keeps connecting, must not push everything else out of the log: beyond a few lines a minute they are
/// only counted.
/// </summary>
sealed class LinkBoard(ILogger log, TimeProvider time)
{
    readonly ConcurrentDictionary<string, (bool IsUp, string State)> links = new();
    readonly ConcurrentDictionary<string, LineCounter> lines = new();

    /// <summary>Reports on one link, for a part that knows only this one.</summary>
    public Action<bool, string> Of(string link) => (isUp, text) => Set(link, isUp, text);

    public void Set(string link, bool isUp, string state)
    {
        if (links.TryGetValue(link, out var before) && before == (isUp, state))
        {
            return;
        }
        links[link] = (isUp, state);
        Write(link, LogEventLevel.Information, state);
    }

    /// <summary>Logs an event that changes no state.</summary>
    public void Note(string link, string text) => Write(link, LogEventLevel.Information, text);

    /// <summary>Logs an event that changes no state but needs attention.</summary>
    public void Warn(string link, string text) => Write(link, LogEventLevel.Warning, text);

    public bool IsUp(string link) => links.TryGetValue(link, out var state) && state.IsUp;

    /// <summary>Sorted by name.</summary>
    public (string Link, string State)[] All() =>
        [.. links.Select(l => (l.Key, l.Value.State)).OrderBy(l => l.Key, StringComparer.Ordinal)];

    void Write(string link, LogEventLevel level, string text) =>
        lines.GetOrAdd(link, name => new(line => log.Write(line.Level, "{Link:l}: {State:l}", name, line.Text), time))
            .Write(level, text);
}
