namespace Terminal.Journal.Upkeep;

/// <summary>Something in the journal that cannot be as the terminal wrote it.</summary>
/// <param name="Sequence">The entry with the problem; 0 for the journal as a whole.</param>
readonly record struct Finding(long Sequence, string Problem)
{
    public override string ToString() => Sequence == 0 ? Problem : $"entry {Sequence}: {Problem}";
}
