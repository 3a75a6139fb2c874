using System.Net;

namespace Terminal.Ecr.Blocks;

/// <summary>Which addresses may connect now: those in the settings, except one that has guessed passwords.</summary>
/// <param name="allow">Empty: every address.</param>
sealed class TcpDoor(IReadOnlyList<IPNetwork> allow, TimeProvider time)
{
    /// <summary>
    /// Addresses remembered. Beyond this number, the address that would be free again soonest is forgotten.
    /// </summary>
    const int MostKnown = 256;

    readonly Clock clock = new(time);
    readonly Dictionary<IPAddress, Lockout> locked = [];

    /// <returns>Why this address may not connect; null if it may.</returns>
    public string? WhyNot(IPAddress who) =>
        allow.Count > 0 && !allow.Any(network => network.Contains(who)) ? "not in ecr.tcp.allow"
        : locked.TryGetValue(who, out var lockout) && lockout.IsLocked(clock.Now) ? "wrong passwords"
        : null;

    /// <summary>The address sent a wrong password.</summary>
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
