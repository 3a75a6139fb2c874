using System.Net;
using System.Net.Sockets;

namespace Terminal.Device;

/// <summary>
/// The addresses of names. The last good addresses are kept while the process lives, and are used whenever a lookup
/// fails or is slow. An answer that comes too late for its caller serves the next one.
/// </summary>
/// <param name="resolve">Never cancelled: the resolver has its own limits, and its answer is always useful.</param>
sealed class AddressBook(TimeProvider time, Func<string, Task<IPAddress[]>> resolve)
{
    /// <summary>How long a caller waits for a name that was never found.</summary>
    static readonly TimeSpan LookupLimit = TimeSpan.FromSeconds(10);

    /// <summary>Addresses younger than this are not looked up again.</summary>
    static readonly TimeSpan Fresh = TimeSpan.FromSeconds(30);

    /// <summary>Only this many addresses are tried; the rest of a longer answer would not help.</summary>
    const int MostAddresses = 16;

    readonly Dictionary<string, Entry> names = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>
    /// Returns the known addresses, after one lookup if there are none, and the lookup that is under way.
    /// </summary>
    /// <returns>The running lookup ends with the newest addresses, whether it succeeds or fails.</returns>
    /// <exception cref="SocketException">Nothing is known, and the lookup failed or was too slow.</exception>
    public async Task<(IPAddress[] Known, Task<IPAddress[]> Lookup)> FindAsync(string name, CancellationToken stop)
    {
        if (IPAddress.TryParse(name, out var address))
        {
            return ([address], Task.FromResult<IPAddress[]>([address]));
        }
        var lookup = Refresh(name);
        if (Known(name) is { Length: > 0 } known)
        {
            return (known, lookup);
        }
        try
        {
            known = await lookup.WaitAsync(LookupLimit, time, stop).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            throw new SocketException((int)SocketError.TryAgain);
        }
        return known.Length > 0 ? (known, lookup) : throw new SocketException((int)SocketError.HostNotFound);
    }

    /// <summary>Looks the name up again, unless a lookup is under way or just ended. Never fails.</summary>
    public Task<IPAddress[]> Refresh(string name)
    {
        lock (names)
        {
            var entry = names.TryGetValue(name, out var known) ? known : names[name] = new();
            var isDue = entry.Addresses.Length == 0 || time.GetElapsedTime(entry.FoundAt) >= Fresh;
            if (isDue && entry.Lookup is not { IsCompleted: false })
            {
                entry.Lookup = LookUpAsync(name, entry);
            }
            return entry.Lookup!;
        }
    }

    /// <summary>The address has answered, so it is tried first from now on.</summary>
    public void Prefer(string name, IPAddress address)
    {
        lock (names)
        {
            if (names.TryGetValue(name, out var entry))
            {
                entry.Preferred = address;
            }
        }
    }

    IPAddress[] Known(string name)
    {
        lock (names)
        {
            return names.TryGetValue(name, out var entry) ? InOrder(entry) : [];
        }
    }

    async Task<IPAddress[]> LookUpAsync(string name, Entry entry)
    {
        IPAddress[] found;
        try
        {
            found = await Task.Run(() => resolve(name)).ConfigureAwait(false);
        }
        catch (Exception) // Whatever failed, the earlier addresses are better than none.
        {
            found = [];
        }
        lock (names)
        {
            if (found.Length > 0)
            {
                entry.Addresses = Interleaved(found);
                entry.FoundAt = time.GetTimestamp();
            }
            return InOrder(entry);
        }
    }

    static IPAddress[] InOrder(Entry entry) => entry.Preferred is { } first && entry.Addresses.Contains(first)
        ? [first, .. entry.Addresses.Where(a => !a.Equals(first))]
        : entry.Addresses;

    /// <summary>
    /// Keeps the resolver's order but alternates the two families: one of them may lead nowhere (RFC 8305, 4).
    /// </summary>
    static IPAddress[] Interleaved(IPAddress[] found)
    {
        var first = found.Where(a => a.AddressFamily == found[0].AddressFamily).Select((a, i) => (a, 2 * i));
        var other = found.Where(a => a.AddressFamily != found[0].AddressFamily).Select((a, i) => (a, (2 * i) + 1));
        return [.. first.Concat(other).OrderBy(x => x.Item2).Select(x => x.a).Distinct().Take(MostAddresses)];
    }

    sealed class Entry
    {
        public IPAddress[] Addresses { get; set; } = [];

        public IPAddress? Preferred { get; set; }

        public long FoundAt { get; set; }

        public Task<IPAddress[]>? Lookup { get; set; }
    }
}
