namespace Terminal.Panel.Words;

/// <summary>A fault that a person can look up: a short code that never changes its meaning.</summary>
/// <param name="Code">A letter for the place and three digits.</param>
/// <param name="Stops">No payment can be taken while it lasts.</param>
sealed record FieldCode(string Code, bool Stops, FieldText English, FieldText German)
{
    public FieldText In(Language language) => language is Language.German ? German : English;
}

/// <summary>What a field code means, and the one thing to do next.</summary>
readonly record struct FieldText(string Meaning, string NextStep);

/// <summary>The languages of the panel.</summary>
enum Language
{
    English,
    German,
}
