using System.Net;

namespace Terminal.Ecr.Blocks;

/// <summary>Which addresses may connect now: those of the settings, unless one guessed passwords.</summary>
/// <param name="allow">Empty: anybody who can.</param>
sealed class TcpDoor(IReadOnlyList<IPNetwork> allow, TimeProvider time)
{
    /// <summary>Addresses that are remembered; beyond them the one that is free again soonest is forgotten.</summary>
    const int MostKnown = 256;

    readonly Clock clock = new(time);
    readonly Dictionary<IPAddress, Lockout> locked = [];

    /// <returns>Null: it may.</returns>
    public string? WhyNot(IPAddress who) =>
        allow.Count > 0 && !allow.Any(network => network.Contains(who)) ? "not in ecr.tcp.allow"
        : locked.TryGetValue(who, out var lockout) && lockout.IsLocked(clock.Now) ? "wrong passwords"
        : null;

    /// <summary>It sent a wrong password.</summary>
    public void Lock(IPAddress who)
    {
        if (!locked.TryGetValue(who, out var lockout))
        {
            if (locked.Count >= MostKnown)
            {
                locked.Remove(locked.MinBy(l => l.Value.Until.Ticks).Key);
            }
            locked.Add(who, lockout = new());
        }
        lockout.Fail(clock.Now);
    }
}
