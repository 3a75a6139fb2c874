namespace Terminal.Journal.Log;

/// <summary>
/// The folder of one journal, as its log and its books use it. The sandbox has another one, to cut the power. Every
/// failure is an <see cref="IOException"/> or an <see cref="UnauthorizedAccessException"/>.
/// </summary>
interface IDisk
{
    /// <summary>The names of all files in the folder.</summary>
    IReadOnlyList<string> Names();

    /// <param name="create">
    /// True makes an empty file, which must not exist yet; false opens one, which must exist.
    /// </param>
    IDiskFile Open(string name, bool create = false);

    /// <summary>Replaces a file that already has the new name.</summary>
    void Rename(string from, string to);

    /// <summary>Does nothing if there is no such file.</summary>
    void Delete(string name);

    /// <summary>Makes all names durable that were made, changed or deleted before.</summary>
    void Flush();
}

/// <summary>One file of the folder.</summary>
interface IDiskFile : IDisposable
{
    long Length { get; }

    /// <summary>Reads fewer bytes than asked for only at the end of the file.</summary>
    int Read(long offset, Span<byte> bytes);

    void Write(long offset, ReadOnlySpan<byte> bytes);

    void Truncate(long length);

    /// <summary>Makes everything durable that was written before.</summary>
    void Flush();
}
