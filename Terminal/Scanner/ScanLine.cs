using Terminal.Device;
using Terminal.Payments;

namespace Terminal.Scanner;

/// <summary>
/// Turns the reader's bytes into scans. A damaged scan is never delivered: the whole line is dropped, up to its end.
/// </summary>
/// <param name="taken">Called with each scan, which is valid only during the call.</param>
/// <param name="idleGap">For a reader that sends no suffix: how long a silence ends the scan.</param>
sealed class ScanLine(ScanTaken taken, TimeSpan? idleGap = null)
{
    public const int Longest = 2048;

    /// <summary>
    /// A reader in presentation mode reads the same phone again and again; repeats within this time are dropped.
    /// </summary>
    static readonly TimeSpan RepeatWindow = TimeSpan.FromSeconds(1);

    /// <summary>A scan goes on within this time after its first byte; a checksum comes alone.</summary>
    static readonly TimeSpan Alone = TimeSpan.FromMilliseconds(100);

    const byte StartOfText = 0x02;
    const byte EndOfText = 0x03;
    const byte GroupSeparator = 0x1D;

    readonly byte[] text = Pinned.Of(Longest);
    int length;
    bool damaged;
    /// <summary>XOR of the bytes since the last end.</summary>
    byte sum;
    /// <summary>The XOR of the scan that ETX has just ended.</summary>
    byte? sumBefore;
    /// <summary>The only byte since an ETX, and when it came: it may be a checksum.</summary>
    (Moment At, bool Fits)? behind;
    /// <summary>The likeness of the newest scan, by which a repetition is recognised.</summary>
    byte[] newest = [];
    Moment newestAt;

    /// <summary>When <see cref="Idle"/> is due.</summary>
    public Moment WakeAt { get; private set; } = Moment.Never;

    /// <summary>How many lines were damaged or too long.</summary>
    public long Lost { get; private set; }

    /// <summary>How many scans were dropped because the reader had just sent the same.</summary>
    public long Repeated { get; private set; }

    public void Take(byte next, Moment now)
    {
        var isComplete = TryIdle(now);
        DropChecksum(next, now);
        if (next is (byte)'\r' or (byte)'\n' or (byte)'\t' or EndOfText)
        {
            sumBefore = next == EndOfText ? sum : null;
            _ = isComplete || End(now);
            return;
        }
        behind = sumBefore is { } before ? (now, (before ^ next) is 0 or StartOfText or EndOfText or 1) : null;
        sumBefore = null;
        Add(next);
        WakeAt = idleGap is { } gap ? now + gap : Moment.Never;
    }

    /// <summary>Called when time has passed: silence also completes a scan.</summary>
    public void Idle(Moment now) => TryIdle(now);

    bool TryIdle(Moment now)
    {
        if (now < WakeAt)
        {
            return false;
        }
        if (behind is { Fits: true })
        {
            Forget();
        }
        return End(now);
    }

    /// <summary>The line was interrupted: what follows may be the rest of a scan whose beginning is lost.</summary>
    public void Cut() => damaged |= length > 0;

    /// <summary>
    /// Some readers add a checksum after ETX: the XOR of all bytes, with or without STX and ETX. It belongs to no scan.
    /// The next scan begins after it, with STX or after a pause.
    /// </summary>
    void DropChecksum(byte next, Moment now)
    {
        if (behind is var (at, fits) && (next == StartOfText || (fits && now - at >= Alone)))
        {
            Forget();
        }
    }

    void Forget()
    {
        Pinned.Wipe(text.AsSpan(0, length));
        (length, sum, damaged, behind) = (0, 0, false, null);
    }

    void Add(byte next)
    {
        if (next == StartOfText && length == 0)
        {
            return;
        }
        sum ^= next;
        if (next is not (>= 0x20 and < 0x7F or GroupSeparator) || length == Longest)
        {
            damaged = true;
        }
        if (!damaged)
        {
            text[length++] = next;
        }
    }

    /// <returns>True if this completed a scan.</returns>
    bool End(Moment now)
    {
        var isScan = !damaged && Deliver(WithoutAimId(text.AsSpan(0, length)).Trim((byte)' '), now);
        Lost += damaged ? 1 : 0;
        Forget();
        WakeAt = Moment.Never;
        return isScan;
    }

    bool Deliver(ReadOnlySpan<byte> scan, Moment now)
    {
        if (scan.IsEmpty)
        {
            return false;
        }
        var likeness = Pinned.LikenessOf(scan);
        if (likeness.AsSpan().SequenceEqual(newest) && now - newestAt < RepeatWindow)
        {
            Repeated++;
            return false;
        }
        (newest, newestAt) = (likeness, now);
        taken(scan);
        return true;
    }

    /// <summary>Removes ]Q1, ]C0 …: some readers are set to say which symbology they read (ISO/IEC 15424).</summary>
    static ReadOnlySpan<byte> WithoutAimId(ReadOnlySpan<byte> line) =>
        line is [(byte)']', var family, var modifier, ..] && char.IsAsciiLetter((char)family) &&
        char.IsAsciiLetterOrDigit((char)modifier)
            ? line[3..]
            : line;
}

/// <summary>Takes one scan; a receiver that needs it longer copies it.</summary>
delegate void ScanTaken(ReadOnlySpan<byte> scan);
