namespace Terminal.Journal.Upkeep;

/// <summary>How far a copy is, in bytes. Until the end, <c>All</c> is only an upper limit.</summary>
readonly record struct Copied(long Bytes, long All);
