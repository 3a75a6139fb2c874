using System.Collections.Concurrent;
using Serilog;

namespace Terminal.Device;

/// <summary>The newest word on each link, for status and display; each change is logged once.</summary>
public sealed class LinkBoard(ILogger log)
{
    readonly ConcurrentDictionary<string, string> links = new();

    public void Set(string link, string state)
    {
        links[link] = state;
        log.Information("{Link}: {State:l}", link, state);
    }

    /// <summary>Sorted by name.</summary>
    public (string Link, string State)[] All() => [.. links.Select(l => (l.Key, l.Value)).OrderBy(l => l.Key)];
}
