namespace Terminal.Journal;

/// <summary>Where a backup goes.</summary>
/// <param name="File">Full path of a file that is not there yet.</param>
/// <param name="Home">The folder that the service certainly may write in: the journal's.</param>
public sealed record BackupTarget(string File, string Home);
