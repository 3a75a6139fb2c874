namespace Terminal.Panel.Words;

/// <summary>A fault that a person can look up: a short code that never changes its meaning.</summary>
/// <param name="Code">A letter for the place and three digits.</param>
/// <param name="Stops">No payment can be taken while it lasts.</param>
/// <param name="NextStep">The one thing to do.</param>
sealed record FieldCode(string Code, bool Stops, Phrase Meaning, Phrase NextStep);

/// <summary>What people at a till may read.</summary>
enum Language
{
    English,
    German,
}
