using System.Diagnostics.CodeAnalysis;
using Terminal.Payments;

namespace Terminal.Ecr.Blocks;

/// <summary>Carries APDUs over one line, one after the other, until the line is lost.</summary>
abstract class Link
{
    readonly Queue<LinkEvent> events = [];

    /// <summary>An APDU has been taken over and is neither delivered nor given up.</summary>
    public abstract bool IsBusy { get; }

    /// <summary>The first byte of the APDU in hand has left.</summary>
    public abstract bool HasStarted { get; }

    /// <summary>
    /// The link itself learns whether the ECR received an APDU; without that, only the ECR's answer shows it.
    /// </summary>
    public abstract bool Acknowledges { get; }

    public abstract Moment WakeAt { get; }

    /// <summary>From when an APDU would leave at once; never while the ECR is sending or an APDU is in hand.</summary>
    public abstract Moment QuietAt { get; }

    public bool TryTake([MaybeNullWhen(false)] out LinkEvent happened) => events.TryDequeue(out happened);

    /// <param name="by">The first byte leaves by then, whatever the line is doing.</param>
    public abstract void Send(byte[] apdu, Moment by, Moment now);

    /// <summary>Forgets the APDU in hand: it was answered, or something else matters more.</summary>
    public abstract void Abandon();

    /// <summary>The APDU in hand is not sent again.</summary>
    public abstract void SendNoMore();

    public abstract void Feed(ReadOnlySpan<byte> bytes, Moment now);

    public abstract void TimePassed(Moment now);

    protected void Happen(LinkEvent happened) => events.Enqueue(happened);
}
