namespace Terminal.Journal.Upkeep;

/// <summary>
/// Whether there is room for another payment (M8). Refusing one early keeps room for what open payments may still need:
/// their cancels, refunds and answers are written whatever the limit says.
/// </summary>
/// <param name="maxBytes">Limit of the journal.</param>
/// <param name="freeBytes">Free space on the disk of the journal.</param>
sealed class Room(IJournal journal, long maxBytes, Func<long> freeBytes)
{
    /// <summary>
    /// How many bytes an entry counts as. It takes less in the log and in the books, indexes and heads included.
    /// </summary>
    public const int EntryBytes = 1024;

    /// <summary>
    /// How many entries are reserved for each open payment. Even a cancel that is answered differently all day needs
    /// fewer.
    /// </summary>
    public const int ReservedEntries = 1024;

    /// <summary>Kept free on the disk for the reserves, and for what the log and the books write meanwhile.</summary>
    public const long ReservedBytes = 64 << 20;

    /// <summary>Free space in a folder; 0 if it is unknown.</summary>
    public static long FreeBytes(string folder)
    {
        try
        {
            return new DriveInfo(folder).AvailableFreeSpace;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return 0;
        }
    }

    /// <param name="open">Payments that are open now.</param>
    public bool HasOneMore(int open) =>
        (Entries + (ReservedEntries * (open + 1L))) * EntryBytes <= maxBytes && freeBytes() >= ReservedBytes;

    /// <summary>How much of the journal's limit is used.</summary>
    public int PercentUsed => (int)(Entries * EntryBytes * 100 / maxBytes);

    long Entries => (journal.Last?.Sequence ?? 0) - journal.Anchor.Sequence;
}
