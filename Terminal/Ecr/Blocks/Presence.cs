using Terminal.Device;
using Terminal.Payments;

namespace Terminal.Ecr.Blocks;

/// <summary>
/// A wire of a fully wired cable by which the till shows that it is there. A three-wire cable has none. A wire that the
/// till uses for flow control cannot serve.
/// </summary>
enum Presence
{
    None,
    /// <summary>Data set ready: wired to the till's DTR, which is up while its program has the port open.</summary>
    Dsr,
    /// <summary>Clear to send: wired to the till's RTS.</summary>
    Cts,
    /// <summary>Data carrier detect.</summary>
    Dcd,
}

/// <summary>
/// Looks at the presence wire regularly. One low reading may be a disturbance, two in a row are a lost till.
/// </summary>
sealed class PresenceWatch(Presence wire)
{
    const int LowLooks = 2;

    static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(250);

    Moment lookAt;
    int low;

    /// <summary>When to look next; never without a presence wire.</summary>
    public Moment WakeAt => wire == Presence.None ? Moment.Never : lookAt;

    /// <summary>Starts watching a line that has just come up.</summary>
    public void Begin(Moment now) => (lookAt, low) = (now + Pause, 0);

    public bool IsLost(ISerialLine line, Moment now)
    {
        if (now < WakeAt)
        {
            return false;
        }
        lookAt = now + Pause;
        low = line.ShowsTill ? 0 : low + 1;
        return low >= LowLooks;
    }
}
