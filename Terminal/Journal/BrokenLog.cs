namespace Terminal.Journal;

/// <summary>A SQLite journal whose log is damaged, for a new epoch: as it was at the last commit before that.</summary>
static class BrokenLog
{
    public const string Verdict = "the log is damaged: the newest commits are lost";

    /// <summary>Copies what is sound; opening the journal itself would write over what is not.</summary>
    /// <returns>False: the log is as SQLite wrote it, and nothing was copied.</returns>
    /// <exception cref="IOException">It cannot be read, or not be copied.</exception>
    public static bool CopySound(string path, string copy)
    {
        if (!File.Exists(SqliteFile.LogOf(path)) || SqliteFile.ScanLog(path) is not { IsBroken: true } scan)
        {
            return false;
        }
        File.Copy(path, copy, overwrite: true);
        File.Copy(SqliteFile.LogOf(path), SqliteFile.LogOf(copy), overwrite: true);
        using var log = new FileStream(SqliteFile.LogOf(copy), FileMode.Open, FileAccess.Write);
        log.SetLength(scan.ValidBytes);
        return true;
    }
}
