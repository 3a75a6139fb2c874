namespace Terminal.Device;

/// <summary>A small file of the state folder. A missing file is not the same as an unreadable one.</summary>
static class StateFile
{
    /// <param name="longest">Bytes beyond this length are not read.</param>
    /// <returns>Null: the name is free; a broken link counts as taken.</returns>
    /// <exception cref="IOException">The name is taken, but there is nothing readable.</exception>
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
            // A folder of that name also ends up here.
            throw new IOException(e.Message, e);
        }
    }

    /// <summary>
    /// Replaces any file of that name; only the service's user can read the new one. The file is durable on return, and
    /// a power cut leaves either the old file or the new one.
    /// </summary>
    /// <exception cref="IOException">The file cannot be written.</exception>
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
