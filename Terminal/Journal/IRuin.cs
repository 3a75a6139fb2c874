namespace Terminal.Journal;

/// <summary>
/// A journal that may be damaged, read as far as it goes. Nothing here fails: what cannot be read is a verdict.
/// </summary>
interface IRuin : IDisposable
{
    /// <summary>Empty if not even that can be read.</summary>
    string Epoch { get; }

    /// <summary>What is wrong with the journal as a whole; complete once <see cref="Entries"/> was read.</summary>
    IReadOnlyList<string> Problems { get; }

    /// <summary>Every entry, in order, and every gap.</summary>
    IEnumerable<Salvaged> Entries();

    /// <summary>An entry as <see cref="Entries"/> gave it; null if it can be read no more.</summary>
    Entry? Read(long sequence);

    /// <summary>Known to be at the head office; 0 if that cannot be read, or goes beyond the last entry.</summary>
    long Acknowledged(long last);
}
