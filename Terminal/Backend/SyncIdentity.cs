namespace Terminal.Backend;

/// <summary>Who syncs, and how patiently.</summary>
/// <param name="Boot">Random for each start of the process.</param>
/// <param name="Software">Version.</param>
sealed record SyncIdentity(string TerminalId, string Boot, string Software, SyncPolicy Policy);
