namespace Terminal.Tests.Journal;

/// <summary>One file of a disk that keeps only what was flushed, and fails when it is told to.</summary>
sealed class LiteDbDisk(byte[] content) : MemoryStream
{
    /// <summary>What a power cut now would leave at the least.</summary>
    public byte[] Durable { get; private set; } = content;

    /// <summary>Writes until one fails; every later one is counted in <see cref="WrittenAfter"/>.</summary>
    public int FailAfter { get; set; } = int.MaxValue;

    public int WrittenAfter { get; private set; }

    public static LiteDbDisk With(byte[] content)
    {
        var disk = new LiteDbDisk(content);
        ((MemoryStream)disk).Write(content);
        return disk;
    }

    public override void Flush() => Durable = ToArray();

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        if (--FailAfter < 0)
        {
            WrittenAfter += FailAfter < -1 ? 1 : 0;
            throw new IOException("injected");
        }
        base.Write(buffer);
    }
}
