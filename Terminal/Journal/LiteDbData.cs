namespace Terminal.Journal;

/// <summary>LiteDB's data file, written only by a checkpoint and by recovery, from a log that is durable.</summary>
sealed class LiteDbData(Stream file, LiteDbPages.Fault fault) : LiteDbPages(file, fault)
{
    /// <summary>A last page that a power cut left in part is not there: the log has it.</summary>
    public override long Length => File.Length / PageLength * PageLength;

    protected override void ReadPage(long page, Span<byte> into)
    {
        File.Position = page * PageLength;
        File.ReadExactly(into);
    }

    protected override void WritePage(long page, ReadOnlySpan<byte> content)
    {
        File.Position = page * PageLength;
        File.Write(content);
    }

    protected override void Cut(long pages) => File.SetLength(pages * PageLength);

    protected override void Sync() => MakeDurable();
}
