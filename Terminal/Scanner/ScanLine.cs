using Terminal.Device;
using Terminal.Payments;

namespace Terminal.Scanner;

/// <summary>
/// The reader's bytes → scans. A scan with a hole in it is never delivered: whatever damages a line loses all of it,
/// up to its end.
/// </summary>
/// <param name="taken">Called with each scan, which is gone when it returns.</param>
/// <param name="idleGap">For a reader that sends no suffix: so long a silence ends the scan.</param>
sealed class ScanLine(ScanTaken taken, TimeSpan? idleGap = null)
{
    public const int Longest = 2048;

    /// <summary>A reader in presentation mode reads the same phone again and again.</summary>
    static readonly TimeSpan RepeatWindow = TimeSpan.FromSeconds(1);

    /// <summary>A scan goes on within this time; a checksum stays alone.</summary>
    static readonly TimeSpan Alone = TimeSpan.FromMilliseconds(100);

    const byte StartOfText = 0x02;
    const byte EndOfText = 0x03;
    const byte GroupSeparator = 0x1D;

    readonly byte[] text = Pinned.Of(Longest);
    int length;
    bool damaged;
    /// <summary>Of the bytes since the last end, all XORed.</summary>
    byte sum;
    /// <summary>Of the scan that ETX just ended.</summary>
    byte? sumBefore;
    /// <summary>The only byte behind an ETX so far, and when it came: it may be a checksum.</summary>
    (Moment At, bool Fits)? behind;
    /// <summary>The newest scan is told again by this.</summary>
    byte[] newest = [];
    Moment newestAt;

    /// <summary>When <see cref="Idle"/> is due.</summary>
    public Moment WakeAt { get; private set; } = Moment.Never;

    /// <summary>Lines that were damaged or too long.</summary>
    public long Lost { get; private set; }

    /// <summary>Scans dropped because the reader had just sent the same.</summary>
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

    /// <summary>Silence completes a scan, too.</summary>
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

    /// <summary>The line was cut off: what follows can be the rest of a scan whose beginning is gone.</summary>
    public void Cut() => damaged |= length > 0;

    /// <summary>
    /// Some readers add a checksum behind ETX: all bytes XORed, with or without STX and ETX. It belongs to no scan;
    /// another one begins behind it, with STX or after a while.
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

    /// <returns>True: a scan was complete.</returns>
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

    /// <summary>]Q1, ]C0 …: how the reader says which symbology it read (ISO/IEC 15424), if set to.</summary>
    static ReadOnlySpan<byte> WithoutAimId(ReadOnlySpan<byte> line) =>
        line is [(byte)']', var family, var modifier, ..] && char.IsAsciiLetter((char)family) &&
        char.IsAsciiLetterOrDigit((char)modifier)
            ? line[3..]
            : line;
}

/// <summary>Takes one scan; whoever needs it longer copies it.</summary>
delegate void ScanTaken(ReadOnlySpan<byte> scan);
