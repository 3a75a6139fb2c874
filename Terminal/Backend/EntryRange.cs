namespace Terminal.Backend;

/// <summary>Entries <paramref name="From"/> to <paramref name="To"/>, both included.</summary>
readonly record struct EntryRange(long From, long To);
