namespace Terminal.Journal.Upkeep;

/// <summary>What is wrong with one entry of an old journal.</summary>
/// <param name="Sequence">The entry in the old journal; 0 for the journal as a whole.</param>
readonly record struct Damage(long Sequence, string Verdict);
