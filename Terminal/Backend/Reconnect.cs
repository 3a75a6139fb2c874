using Terminal.Payments;

namespace Terminal.Backend;

/// <summary>
/// Decides when to connect again. Pure. Waits are drawn between zero and a bound that doubles ("full jitter"), so that
/// a thousand terminals do not return in the same second. Faults that need a person are retried slowly.
/// </summary>
sealed class Reconnect(SyncPolicy policy)
{
    int failures;
    int kicks;
    Moment? openedAt;

    /// <summary>The broker accepted a connection.</summary>
    public void Opened(Moment now) => openedAt = now;

    /// <summary>A connection ended or never opened. Says why, as far as it can tell, and when to try again.</summary>
    /// <param name="draw">A random number from 0 up to 1.</param>
    public (Trouble Trouble, Moment At) Ended(Trouble trouble, double draw, Moment now)
    {
        var lasted = openedAt is { } opened ? now - opened : (TimeSpan?)null;
        openedAt = null;
        failures = lasted >= policy.Stable ? 0 : failures;

        // mosquitto 2.0.11 closes without a reason when another client takes over the name.
        kicks = trouble == Trouble.Unreachable && lasted < policy.Kick ? kicks + 1 : 0;
        if (kicks >= policy.KicksInARow)
        {
            trouble = Trouble.TakenOver;
        }
        return (trouble, now + trouble switch
        {
            Trouble.TakenOver => policy.TakenOverRetry * (1 + draw),
            Trouble.Credentials or Trouble.Denied or Trouble.PacketLimit => policy.FaultRetry * (1 + (2 * draw)),
            _ => Bound(failures++) * draw,
        });
    }

    TimeSpan Bound(int times)
    {
        var bound = policy.FirstRetry * (1 << Math.Min(times, 10));
        return bound < policy.SlowestRetry ? bound : policy.SlowestRetry;
    }
}
