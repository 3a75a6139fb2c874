using Serilog.Events;

namespace Terminal.Device;

/// <summary>Log lines about one subject: a few a minute are written, the others are only counted.</summary>
/// <param name="write">Writes a line.</param>
sealed class LineCounter(Action<(LogEventLevel Level, string Text)> write, TimeProvider time)
{
    const int Most = 10;

    static readonly TimeSpan Span = TimeSpan.FromMinutes(1);

    readonly Lock gate = new();
    ITimer? timer;
    int written, counted;
    (LogEventLevel Level, string Text) last;

    public void Write(LogEventLevel level, string text)
    {
        lock (gate)
        {
            if (written == 0)
            {
                timer ??= time.CreateTimer(_ => EndSpan(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
                timer.Change(Span, Timeout.InfiniteTimeSpan);
            }
            if (written < Most)
            {
                written++;
                write((level, text));
                return;
            }
            counted++;
            // The worst of the lines not written shows how bad it is.
            last = (level > last.Level ? level : last.Level, text);
        }
    }

    void EndSpan()
    {
        lock (gate)
        {
            var (count, line) = (counted, last);
            (written, counted, last) = (0, 0, default);
            if (count > 0)
            {
                write((line.Level, $"{count} more lines in this minute, the last: {line.Text}"));
            }
        }
    }
}
