namespace Terminal.Panel.Words;

/// <summary>What a till wants people to read between two payments.</summary>
/// <param name="Lines">Any number of lines of any length; what the display has no room for is left out.</param>
/// <param name="Lasts">Null: until something else is shown.</param>
sealed record TillText(string[] Lines, int Beeps, TimeSpan? Lasts);
