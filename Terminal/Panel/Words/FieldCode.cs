namespace Terminal.Panel.Words;

/// <summary>A fault that a person can look up: a short code that never changes its meaning.</summary>
/// <param name="Code">A letter for the area and three digits.</param>
/// <param name="Stops">No payment can be taken while the fault lasts.</param>
/// <param name="NextStep">What to do next.</param>
sealed record FieldCode(string Code, bool Stops, Phrase Meaning, Phrase NextStep);

/// <summary>The languages of display, receipts and the cashier's texts.</summary>
enum Language
{
    English,
    German,
}
