namespace Terminal.Journal.Upkeep;

/// <summary>How far a copy is, in bytes; of all of it at first only what it is at most.</summary>
readonly record struct Copied(long Bytes, long All);
