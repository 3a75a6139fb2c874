using Terminal.Journal.Upkeep;

using static Terminal.Journal.Log.LogFiles;

namespace Terminal.Journal.Log;

/// <summary>Files of a log on another disk. What fails there is the copy's failure, and none of the journal.</summary>
static class LogCopy
{
    public static long Write(IDisk copy, string name, byte[] bytes, long length = 0) => Guard(() =>
    {
        using var file = copy.Open(name, create: true);
        file.Write(0, bytes);
        if (length > 0)
        {
            file.Truncate(length);
        }
        file.Flush();
        return bytes.Length;
    });

    /// <summary>Those of the sealed files that are not there yet.</summary>
    public static long WriteMissing(IDisk copy, IDisk disk, LogContents contents)
    {
        var copied = Guard(copy.Names).ToHashSet();
        long bytes = 0;
        for (var after = contents.Begins.Sequence; contents.Following(after) is { } file; after = file.Last)
        {
            bytes += copied.Contains(file.Name) ? 0 : Write(copy, file.Name, ReadAll(disk, file.Name));
        }
        return bytes;
    }

    public static void Flush(IDisk copy) => Guard(() =>
    {
        copy.Flush();
        return true;
    });

    static T Guard<T>(Func<T> work)
    {
        try
        {
            return work();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new BackupFailedException(e.Message, "check that disk");
        }
    }
}
