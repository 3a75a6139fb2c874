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
}
