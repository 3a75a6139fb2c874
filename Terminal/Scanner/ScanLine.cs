using Terminal.Payments;

namespace Terminal.Scanner;

/// <summary>
/// The reader's bytes → scans. A scan with a hole in it is never delivered: whatever damages a line loses all of it,
/// up to its end.
/// </summary>
/// <param name="idleGap">For a reader that sends no suffix: so long a silence ends the scan.</param>
public sealed class ScanLine(TimeSpan? idleGap = null)
{
    public const int Longest = 2048;

    /// <summary>A reader in presentation mode reads the same phone again and again.</summary>
    static readonly TimeSpan RepeatWindow = TimeSpan.FromSeconds(1);

    /// <summary>A scan goes on within this time; a checksum stays alone.</summary>
    static readonly TimeSpan Alone = TimeSpan.FromMilliseconds(100);

    const byte StartOfText = 0x02;
    const byte EndOfText = 0x03;
    const byte GroupSeparator = 0x1D;

    readonly char[] text = new char[Longest];
    int length;
    bool damaged;
    /// <summary>Of the bytes since the last end, all XORed.</summary>
    byte sum;
    /// <summary>Of the scan that ETX just ended.</summary>
    byte? sumBefore;
    /// <summary>The only byte behind an ETX so far, and when it came: it may be a checksum.</summary>
    (Moment At, bool Fits)? behind;
    string newest = "";
    Moment newestAt;

    /// <summary>When <see cref="Idle"/> is due.</summary>
    public Moment WakeAt { get; private set; } = Moment.Never;

    /// <summary>Lines that were damaged or too long.</summary>
    public long Lost { get; private set; }

    /// <summary>Scans dropped because the reader had just sent the same.</summary>
    public long Repeated { get; private set; }

    /// <returns>The scan that this byte completes, if any.</returns>
    public string? Take(byte next, Moment now)
    {
        var scan = Idle(now);
        DropChecksum(next, now);
        if (next is (byte)'\r' or (byte)'\n' or (byte)'\t' or EndOfText)
        {
            sumBefore = next == EndOfText ? sum : null;
            return scan ?? End(now);
        }
        behind = sumBefore is { } before ? (now, (before ^ next) is 0 or StartOfText or EndOfText or 1) : null;
        sumBefore = null;
        Add(next);
        WakeAt = idleGap is { } gap ? now + gap : Moment.Never;
        return scan;
    }

    /// <returns>The scan that silence completes, if any.</returns>
    public string? Idle(Moment now)
    {
        if (now < WakeAt)
        {
            return null;
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
        Array.Clear(text, 0, length);
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
            text[length++] = (char)next;
        }
    }

    string? End(Moment now)
    {
        var scan = damaged ? "" : new string(WithoutAimId(text.AsSpan(0, length)).Trim(' '));
        if (damaged)
        {
            Lost++;
        }
        Forget();
        WakeAt = Moment.Never;
        if (scan.Length == 0)
        {
            return null;
        }
        if (scan == newest && now - newestAt < RepeatWindow)
        {
            Repeated++;
            return null;
        }
        (newest, newestAt) = (scan, now);
        return scan;
    }

    /// <summary>]Q1, ]C0 …: how the reader says which symbology it read (ISO/IEC 15424), if set to.</summary>
    static ReadOnlySpan<char> WithoutAimId(ReadOnlySpan<char> line) =>
        line is [']', var family, var modifier, ..] && char.IsAsciiLetter(family) && char.IsAsciiLetterOrDigit(modifier)
            ? line[3..]
            : line;
}
