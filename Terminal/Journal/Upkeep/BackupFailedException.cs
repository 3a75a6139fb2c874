namespace Terminal.Journal.Upkeep;

/// <summary>There is no backup, and nothing under its name; the journal is as it was.</summary>
sealed class BackupFailedException(string problem, string next)
    : Exception($"no backup: {problem}; next step: {next}");
