namespace Terminal.Journal.Upkeep;

/// <summary>How far a copy is, in bytes; what is appended meanwhile makes both grow.</summary>
public readonly record struct Copied(long Bytes, long All);
