namespace Terminal.Device;

/// <summary>
/// Makes the names in a folder durable. Without that, a power cut can lose a file whose contents were on disk.
/// </summary>
static class DirectorySync
{
    /// <exception cref="IOException">The folder cannot be opened or written.</exception>
    public static void Flush(string directory)
    {
        var fd = Libc.Open(directory, Libc.CloseOnExec);
        if (fd < 0)
        {
            throw new IOException($"{directory} cannot be opened: {Libc.LastError}");
        }
        var failure = Libc.Sync(fd) == 0 ? null : Libc.LastError;
        _ = Libc.Close(fd);
        if (failure is not null)
        {
            throw new IOException($"{directory} cannot be made durable: {failure}");
        }
    }
}
