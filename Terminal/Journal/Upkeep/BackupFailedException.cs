namespace Terminal.Journal.Upkeep;

/// <summary>No backup was made; the journal is as it was.</summary>
sealed class BackupFailedException(string problem, string next)
    : Exception($"no backup: {problem}; next step: {next}");
