namespace Terminal.Device;

/// <summary>What the program asked of one key of the settings: its type in JSON schema, and what it allows.</summary>
/// <param name="Otherwise">What holds when the key is left out; null: nothing does, or another key decides.</param>
sealed record SettingsQuestion(string Key, string Type, object? Otherwise)
{
    public int? Least { get; init; }

    /// <summary>Largest number, or longest text.</summary>
    public int? Most { get; init; }

    public IReadOnlyList<string>? Allowed { get; init; }
}
