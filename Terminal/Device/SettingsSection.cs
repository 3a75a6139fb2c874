using System.Text.Json;

namespace Terminal.Device;

/// <summary>
/// A setting that cannot be used. The message names the key, the value and what is allowed; the exit status is 78.
/// </summary>
sealed class SettingsException(string key, string value, string allowed)
    : Exception($"setting \"{key}\" is {value}; allowed: {allowed}")
{
    public string Key => key;
}

/// <summary>
/// One object of the settings file. Every key must be read, so that a mistyped key is an error and not ignored.
/// </summary>
sealed class SettingsSection
{
    readonly string path;
    readonly string folder;
    readonly Dictionary<string, JsonElement> values = [];
    readonly HashSet<string> known = [];

    /// <param name="element">A JSON object.</param>
    /// <param name="path">Dotted key of the object; empty for the whole file.</param>
    /// <param name="folder">Relative file names in the settings are relative to this folder.</param>
    public SettingsSection(JsonElement element, string path, string folder)
    {
        this.path = path;
        this.folder = folder;
        if (element.ValueKind != JsonValueKind.Object)
        {
            throw new SettingsException(path, element.ToString(), "an object { … }");
        }
        foreach (var property in element.EnumerateObject())
        {
            var key = Name(property);
            if (!values.TryAdd(key, property.Value))
            {
                throw new SettingsException(Full(key), "given twice", "one value");
            }
        }
    }

    string Name(JsonProperty property)
    {
        try
        {
            return property.Name;
        }
        catch (InvalidOperationException) // Half of a \u pair.
        {
            throw new SettingsException(path, "an object with a key that is no text", "keys of letters");
        }
    }

    public string? Optional(string key) => Take(key) is { } e ? Text(key, e) : null;

    public string Text(string key, string? otherwise = null, int longest = 256)
    {
        var text = Take(key) is { } e ? Text(key, e) : otherwise ?? throw Missing(key, "a text");
        return text.Length <= longest
            ? text
            : throw new SettingsException(Full(key), $"{text.Length} characters long", $"at most {longest} characters");
    }

    /// <summary>An absolute path; the file must exist if <paramref name="mustExist"/>.</summary>
    public string File(string key, bool mustExist = true, string? otherwise = null)
    {
        var text = Text(key, otherwise, 4096);
        if (text.Contains('\0', StringComparison.Ordinal))
        {
            throw new SettingsException(Full(key), "a text with a zero in it", "the name of a file");
        }
        var full = Path.GetFullPath(text, folder);
        return !mustExist || System.IO.File.Exists(full)
            ? full
            : throw new SettingsException(Full(key), $"\"{full}\", which does not exist", "an existing file");
    }

    /// <summary>Null when the key is left out; otherwise an existing file.</summary>
    public string? OptionalFile(string key) => Has(key) ? File(key) : null;

    public int Number(string key, int otherwise, int least, int most)
    {
        if (Take(key) is not { } e)
        {
            return otherwise;
        }
        return e.ValueKind == JsonValueKind.Number && e.TryGetInt32(out var number) && number >= least && number <= most
            ? number
            : throw new SettingsException(Full(key), e.GetRawText(), $"a whole number from {least} to {most}");
    }

    public bool Flag(string key, bool otherwise) => Take(key) switch
    {
        null => otherwise,
        { ValueKind: JsonValueKind.True } => true,
        { ValueKind: JsonValueKind.False } => false,
        { } e => throw new SettingsException(Full(key), e.GetRawText(), "true or false"),
    };

    public string Choice(string key, string otherwise, params string[] allowed)
    {
        var text = Take(key) is { } e ? Text(key, e) : otherwise;
        return allowed.Contains(text)
            ? text
            : throw new SettingsException(Full(key), $"\"{text}\"", string.Join(", ", allowed.Select(a => $"\"{a}\"")));
    }

    /// <summary>A nested object; empty when the file leaves it out.</summary>
    public SettingsSection Section(string key) => new(Take(key) ?? EmptyObject, Full(key), folder);

    public bool Has(string key) => Take(key) is not null;

    public IEnumerable<string> Keys => values.Keys;

    /// <summary>Called when all keys are read: a key that is left over is unknown.</summary>
    public void End()
    {
        foreach (var key in values.Keys.Where(k => !known.Contains(k)))
        {
            throw new SettingsException(Full(key), "unknown", string.Join(", ", known.Order()));
        }
    }

    public SettingsException Missing(string key, string allowed) => new(Full(key), "missing", allowed);

    static readonly JsonElement EmptyObject = JsonDocument.Parse("{}").RootElement;

    JsonElement? Take(string key)
    {
        known.Add(key);
        return values.TryGetValue(key, out var e) && e.ValueKind != JsonValueKind.Null ? e : null;
    }

    string Text(string key, JsonElement e)
    {
        try
        {
            return e.GetString() is { Length: > 0 } text
                ? text
                : throw new SettingsException(Full(key), e.GetRawText(), "a text that is not empty");
        }
        catch (InvalidOperationException) // Not a text, or half of a \u pair.
        {
            throw new SettingsException(Full(key), e.GetRawText(), "a text in quotes");
        }
    }

    string Full(string key) => path.Length == 0 ? key : $"{path}.{key}";
}
