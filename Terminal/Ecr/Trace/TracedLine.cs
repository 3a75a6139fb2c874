using Terminal.Device;

namespace Terminal.Ecr.Trace;

/// <summary>A line whose traffic is written to a trace.</summary>
sealed class TracedLine : ISerialLine
{
    readonly ISerialLine line;
    readonly EcrTrace trace;
    int isClosed;

    public TracedLine(ISerialLine line, EcrTrace trace, int baud)
    {
        (this.line, this.trace) = (line, trace);
        trace.Note($"open {baud}");
    }

    public bool ShowsTill => line.ShowsTill;

    public int Read(Span<byte> buffer)
    {
        var count = line.Read(buffer);
        trace.Received(buffer[..count]);
        return count;
    }

    public bool Write(ReadOnlySpan<byte> bytes)
    {
        trace.Sent(bytes);
        return line.Write(bytes);
    }

    public void Dispose()
    {
        if (Interlocked.Exchange(ref isClosed, 1) == 0)
        {
            trace.Note("closed");
        }
        line.Dispose();
    }
}
