namespace Terminal.Backend;

/// <summary>The terminal that syncs, and how patient it is.</summary>
/// <param name="Boot">Random for each start of the process.</param>
/// <param name="Software">The version.</param>
sealed record SyncIdentity(string TerminalId, string Boot, string Software, SyncPolicy Policy);
