namespace Terminal.Journal.Log;

/// <summary>Copies files of a log to another disk.</summary>
static class LogCopy
{
    /// <summary>Copies the beginning of log.0 or log.1; the copy gets the full length of the file.</summary>
    /// <returns>How many bytes were copied.</returns>
    public static long Slot(IDisk from, IDisk to, string name, long length)
    {
        using var file = from.Open(name);
        var bytes = new byte[Math.Min(length, file.Length)];
        _ = file.Read(0, bytes);
        Write(to, name, bytes, file.Length);
        return bytes.Length;
    }

    /// <returns>How many bytes were copied.</returns>
    public static long Sealed(IDisk from, IDisk to, string name)
    {
        var bytes = LogFiles.ReadAll(from, name);
        Write(to, name, bytes, bytes.Length);
        return bytes.Length;
    }

    static void Write(IDisk to, string name, byte[] bytes, long length)
    {
        using var file = to.Open(name, create: true);
        file.Write(0, bytes);
        file.Truncate(length);
        file.Flush();
    }
}
