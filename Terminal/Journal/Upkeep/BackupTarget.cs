namespace Terminal.Journal.Upkeep;

/// <summary>Where a backup goes.</summary>
/// <param name="Folder">Full path of a folder that is not there yet.</param>
/// <param name="Home">The folder that the service certainly may write in: the journal's.</param>
public sealed record BackupTarget(string Folder, string Home);
