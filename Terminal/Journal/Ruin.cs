namespace Terminal.Journal;

/// <summary>
/// A journal that may be damaged, read as far as it goes. Nothing here fails: what cannot be read is a verdict.
/// </summary>
public abstract class Ruin : IDisposable
{
    /// <summary>Empty if not even that can be read.</summary>
    public abstract string Epoch { get; }

    /// <summary>What is wrong with the journal as a whole; complete once <see cref="Entries"/> was read.</summary>
    public abstract IReadOnlyList<string> Problems { get; }

    /// <summary>Every entry, in order, and every gap.</summary>
    public abstract IEnumerable<Salvaged> Entries();

    /// <summary>An entry as <see cref="Entries"/> gave it; null if it can be read no more.</summary>
    public abstract Entry? Read(long sequence);

    /// <summary>Known to be at the head office; 0 if that cannot be read, or goes beyond the last entry.</summary>
    public abstract long Acknowledged(long last);

    public abstract void Dispose();
}
