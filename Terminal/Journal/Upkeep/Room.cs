namespace Terminal.Journal.Upkeep;

/// <summary>
/// Is there room for another payment (M8)? Refusing one early keeps what the open ones may still need: their cancels,
/// refunds and answers are written whatever the limit says.
/// </summary>
/// <param name="maxBytes">Of the journal.</param>
/// <param name="freeBytes">Free space where it is.</param>
sealed class Room(IJournal journal, long maxBytes, Func<long> freeBytes)
{
    /// <summary>What an entry counts as; in either store it takes less, indexes and heads included.</summary>
    public const int EntryBytes = 1024;

    /// <summary>For each open payment; one whose cancel is answered differently all day needs fewer.</summary>
    public const int ReservedEntries = 1024;

    /// <summary>Kept free on the disk: the reserves, a write-ahead log, and what a checkpoint adds meanwhile.</summary>
    public const long ReservedBytes = 64 << 20;

    /// <summary>Free space in a folder; none, if that cannot be told.</summary>
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

    /// <summary>Of the journal's limit.</summary>
    public int PercentUsed => (int)(Entries * EntryBytes * 100 / maxBytes);

    long Entries => (journal.Last?.Sequence ?? 0) - journal.Anchor.Sequence;
}
