using System.Collections.Concurrent;
using Serilog;

namespace Terminal.Device;

/// <summary>The newest word on each link, for status and display; each change is logged once.</summary>
public sealed class LinkBoard(ILogger log)
{
    readonly ConcurrentDictionary<string, (bool IsUp, string State)> links = new();

    public void Set(string link, bool isUp, string state)
    {
        links[link] = (isUp, state);
        log.Information("{Link:l}: {State:l}", link, state);
    }

    public bool IsUp(string link) => links.TryGetValue(link, out var state) && state.IsUp;

    /// <summary>Sorted by name.</summary>
    public (string Link, string State)[] All() =>
        [.. links.Select(l => (l.Key, l.Value.State)).OrderBy(l => l.Key, StringComparer.Ordinal)];
}
