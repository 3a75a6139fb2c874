namespace Terminal.Backend;

/// <summary>The state of the sync, for the display, the status and the log.</summary>
/// <param name="Backlog">Entries that the head office has not acknowledged.</param>
/// <param name="Detail">The newest report of the link, for the log.</param>
sealed record SyncStatus(bool Connected, long Backlog, Trouble Trouble, string Detail)
{
    /// <summary>The link in words, with the newest reason if it is down.</summary>
    public override string ToString() =>
        Connected ? "connected" :
        Trouble == Trouble.None ? "connecting" :
        Detail.Length > 0 ? $"{Trouble}: {Detail}" : $"{Trouble}";
}
