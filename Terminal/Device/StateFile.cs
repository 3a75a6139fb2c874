namespace Terminal.Device;

/// <summary>A small file of the state folder. That nothing is there is not the same as that it cannot be read.
/// </summary>
static class StateFile
{
    /// <param name="longest">What is behind so many bytes is not read.</param>
    /// <returns>Null: the name is not taken, not even by a link that leads nowhere.</returns>
    /// <exception cref="IOException">The name is taken, by what cannot be read.</exception>
    public static byte[]? Read(string path, int longest)
    {
        try
        {
            using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0);
            var bytes = new byte[longest];
            return bytes[..file.ReadAtLeast(bytes, longest, throwOnEndOfStream: false)];
        }
        catch (FileNotFoundException) when (new FileInfo(path).LinkTarget is null)
        {
            return null;
        }
        catch (UnauthorizedAccessException e)
        {
            // A folder in its place comes as this, too.
            throw new IOException(e.Message, e);
        }
    }

    /// <summary>
    /// In place of whatever is there, readable for the service's user only; durable when it returns. A power cut leaves
    /// this one or the one before.
    /// </summary>
    /// <exception cref="IOException">It cannot be written.</exception>
    public static void Write(string path, ReadOnlySpan<byte> bytes)
    {
        var draft = path + ".new";
        File.Delete(draft);
        using (var file = new FileStream(draft, new FileStreamOptions
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.Write,
            UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite,
        }))
        {
            file.Write(bytes);
            file.Flush(flushToDisk: true);
        }
        File.Move(draft, path, overwrite: true);
        DirectorySync.Flush(Path.GetDirectoryName(Path.GetFullPath(path))!);
    }
}
