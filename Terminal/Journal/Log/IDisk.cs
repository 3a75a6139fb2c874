namespace Terminal.Journal.Log;

/// <summary>
/// The folder of one journal, as its log and its books use it; the sandbox cuts the power under it. Every failure is an
/// <see cref="IOException"/> or an <see cref="UnauthorizedAccessException"/>.
/// </summary>
interface IDisk
{
    /// <summary>Of every file in it.</summary>
    IReadOnlyList<string> Names();

    /// <param name="create">Make it, empty; it must not be there. Otherwise it must.</param>
    IDiskFile Open(string name, bool create = false);

    /// <summary>Replaces what has the new name.</summary>
    void Rename(string from, string to);

    /// <summary>Nothing happens if there is no such file.</summary>
    void Delete(string name);

    /// <summary>Every name that was made, changed or deleted before is durable.</summary>
    void Flush();
}

/// <summary>One file of it.</summary>
interface IDiskFile : IDisposable
{
    long Length { get; }

    /// <summary>Fewer bytes than asked for only at its end.</summary>
    int Read(long offset, Span<byte> bytes);

    void Write(long offset, ReadOnlySpan<byte> bytes);

    void Truncate(long length);

    /// <summary>Everything that was written before is durable.</summary>
    void Flush();
}
