namespace Terminal.Journal.Upkeep;

/// <summary>There is no backup, and nothing under its name; the journal is as it was.</summary>
public sealed class BackupFailedException(string message) : Exception(message)
{
    public BackupFailedException(string problem, string next)
        : this($"no backup: {problem}; next step: {next}")
    {
    }

    /// <summary>Something could not be read: it may have been the journal.</summary>
    public bool MayBeDamage { get; init; }
}
