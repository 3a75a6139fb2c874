using System.Globalization;
using Terminal.Device;
using Terminal.Ecr.Blocks;
using Terminal.Payments;

namespace Terminal.Ecr.Trace;

/// <summary>
/// Writes what passes between the ECR and us, one line each: seconds since the start, &gt; to us or &lt; from us, and
/// the APDU in hex with a few words after a #, or "ack", "nak" or "broken". <see cref="TraceMask"/> hides what the ECR
/// sends, except the harmless parts.
/// </summary>
/// <param name="text">Where the trace goes; a failure there ends only the trace.</param>
/// <param name="isTcp">The line carries bare APDUs, not blocks.</param>
sealed class EcrTrace(TextWriter text, TimeProvider time, bool isTcp)
{
    /// <summary>Limit in lines: a forgotten trace must not fill the disk.</summary>
    const int Limit = 1_000_000;

    readonly Lock gate = new();
    readonly long start = time.GetTimestamp();
    Direction received = new('>', isTcp), sent = new('<', isTcp);
    int lines;

    /// <summary>A file that nobody else can read, even if it existed before: it shows a shop's sales.</summary>
    public static TextWriter Append(string path)
    {
        const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        var file = new FileStream(path, new FileStreamOptions
        {
            Mode = FileMode.Append,
            Access = FileAccess.Write,
            Share = FileShare.Read,
            UnixCreateMode = OwnerOnly,
        });
        if (file.CanSeek)
        {
            // Only regular files: the mode of a pipe or a terminal is not ours to change.
            File.SetUnixFileMode(file.SafeFileHandle, OwnerOnly);
        }
        return new StreamWriter(file);
    }

    /// <summary>Opens a line in the same way and traces everything that passes over it.</summary>
    public Func<int, Opened> Around(Func<int, Opened> open) => baud => open(baud) switch
    {
        { Line: { } line } => new(new TracedLine(Begin(line), this, baud), ""),
        var failed => failed,
    };

    /// <summary>A message that broke off on the previous line does not continue on this one.</summary>
    ISerialLine Begin(ISerialLine line)
    {
        lock (gate)
        {
            (received, sent) = (new('>', isTcp), new('<', isTcp));
        }
        return line;
    }

    internal void Received(ReadOnlySpan<byte> bytes) => Write(() => received, bytes);

    internal void Sent(ReadOnlySpan<byte> bytes) => Write(() => sent, bytes);

    internal void Note(string what)
    {
        lock (gate)
        {
            Line(what);
        }
    }

    void Write(Func<Direction> which, ReadOnlySpan<byte> bytes)
    {
        lock (gate)
        {
            var direction = which();
            foreach (var what in direction.Read(bytes, new(time.GetElapsedTime(start).Ticks)))
            {
                Line($"{direction.Sign} {what}");
            }
        }
    }

    void Line(string what)
    {
        if (lines >= Limit)
        {
            return;
        }
        try
        {
            var at = time.GetElapsedTime(start).TotalSeconds.ToString("0.000", CultureInfo.InvariantCulture);
            text.WriteLine($"{at,10} {what}");
            text.Flush();
            if (++lines == Limit)
            {
                text.WriteLine($"# no more than {Limit} lines");
                text.Flush();
            }
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException)
        {
            lines = Limit;
        }
    }

    /// <summary>Puts the bytes of one direction together again.</summary>
    sealed class Direction(char sign, bool isTcp)
    {
        readonly FrameDecoder blocks = new(new EcrTimers().ByteGap);
        readonly TcpLink messages = new(new());

        public char Sign => sign;

        public List<string> Read(ReadOnlySpan<byte> bytes, Moment now)
        {
            List<string> heard = [];
            if (isTcp)
            {
                messages.Feed(bytes, now);
                while (messages.TryTake(out var happened))
                {
                    if (happened is LinkEvent.Arrived e)
                    {
                        heard.Add(Show(e.Apdu));
                    }
                }
                return heard;
            }
            if (blocks.TimePassed(now) is not null)
            {
                heard.Add("broken");
            }
            foreach (var b in bytes)
            {
                heard.AddRange(blocks.Push(b, now) switch
                {
                    Blocks.Received.Block e => [Show(e.Apdu)],
                    Blocks.Received.Ack => ["ack"],
                    Blocks.Received.Nak => ["nak"],
                    Blocks.Received.Broken => ["broken"],
                    _ => Array.Empty<string>(),
                });
            }
            return heard;
        }

        /// <summary>Our own messages never contain a code.</summary>
        string Show(byte[] apdu)
        {
            var hidden = sign == '>' ? TraceMask.Hide(apdu) : apdu;
            var shown = $"{Convert.ToHexString(hidden)}  # {TraceWords.Of(hidden)}";
            Pinned.Wipe(apdu);
            return shown;
        }
    }
}
