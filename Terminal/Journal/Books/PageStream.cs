using static Terminal.Journal.Books.PageFormat;

namespace Terminal.Journal.Books;

/// <summary>
/// The pages as LiteDB's data file. LiteDB reads and writes only whole pages; anything else would be a version that
/// this program does not know.
/// </summary>
sealed class PageStream(PageFile pages) : Stream
{
    public override bool CanRead => true;

    public override bool CanSeek => true;

    public override bool CanWrite => true;

    public override long Length => (long)pages.Count * Page;

    public override long Position { get; set; }

    public override int Read(byte[] buffer, int offset, int count)
    {
        pages.Read(Number(count), buffer.AsSpan(offset, count));
        Position += count;
        return count;
    }

    public override void Write(byte[] buffer, int offset, int count)
    {
        pages.Write(Number(count), buffer.AsSpan(offset, count));
        Position += count;
    }

    /// <summary>Does nothing: LiteDB's writes become durable only when the pages are saved.</summary>
    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw Unknown("seeks");

    public override void SetLength(long value) => throw Unknown("changes the length");

    uint Number(int count) =>
        count == Page && Position % Page == 0 ? (uint)(Position / Page) : throw Unknown("does not work in pages");

    static NotSupportedException Unknown(string how) => new($"LiteDB {how} in a way that it never did");
}
