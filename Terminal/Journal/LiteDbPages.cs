namespace Terminal.Journal;

/// <summary>
/// What LiteDB takes for one of its files: whole pages at page boundaries, nothing else. After a failure of either
/// file both refuse everything, so that no repair of LiteDB's own touches what is on the disk.
/// </summary>
/// <param name="file">Its Flush must make everything written durable; a <see cref="FileStream"/> is made to.</param>
abstract class LiteDbPages(Stream file, LiteDbPages.Fault fault) : Stream
{
    /// <summary>LiteDB's page.</summary>
    public const int PageLength = 8192;

    /// <summary>What went wrong first, shared by the two files.</summary>
    public sealed class Fault
    {
        public Exception? Cause { get; set; }
    }

    public override bool CanRead => true;

    public override bool CanSeek => true;

    public override bool CanWrite => true;

    public override long Position { get; set; }

    public override int Read(byte[] buffer, int offset, int count)
    {
        try
        {
            Demand(count);
            if (Position >= Length)
            {
                return 0;
            }
            ReadPage(Position / PageLength, buffer.AsSpan(offset, count));
            Position += count;
            return count;
        }
        catch (Exception e) when (Latch(e))
        {
            throw;
        }
    }

    public override void Write(byte[] buffer, int offset, int count)
    {
        try
        {
            Demand(count);
            WritePage(Position / PageLength, buffer.AsSpan(offset, count));
            Position += count;
        }
        catch (Exception e) when (Latch(e))
        {
            throw;
        }
    }

    public override void SetLength(long value)
    {
        try
        {
            Demand(PageLength);
            Cut(value / PageLength);
        }
        catch (Exception e) when (Latch(e))
        {
            throw;
        }
    }

    public override void Flush()
    {
        try
        {
            Demand(PageLength);
            Sync();
        }
        catch (Exception e) when (Latch(e))
        {
            throw;
        }
    }

    public override long Seek(long offset, SeekOrigin origin) => Position = origin switch
    {
        SeekOrigin.Begin => offset,
        SeekOrigin.Current => Position + offset,
        _ => Length + offset,
    };

    protected Stream File => file;

    protected abstract void ReadPage(long page, Span<byte> into);

    protected abstract void WritePage(long page, ReadOnlySpan<byte> content);

    /// <summary>Leaves only so many pages.</summary>
    protected abstract void Cut(long pages);

    /// <summary>What LiteDB asks for when it wants something durable.</summary>
    protected abstract void Sync();

    protected void MakeDurable()
    {
        if (file is FileStream onDisk)
        {
            onDisk.Flush(flushToDisk: true); // Flush alone ends in the kernel.
        }
        else
        {
            file.Flush();
        }
    }

    protected override void Dispose(bool disposing)
    {
        fault.Cause ??= new ObjectDisposedException(GetType().Name);
        file.Dispose();
        base.Dispose(disposing);
    }

    /// <summary>Another engine than the one that this was made for would show here.</summary>
    void Demand(int count)
    {
        if (fault.Cause is { } cause)
        {
            throw new IOException($"the storage failed before: {cause.Message}", cause);
        }
        if (count != PageLength || Position % PageLength != 0)
        {
            throw new IOException($"{count} bytes at {Position} are not a page");
        }
    }

    bool Latch(Exception e)
    {
        fault.Cause ??= e;
        return false;
    }
}
