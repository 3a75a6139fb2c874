using System.Text.Json;
using Terminal.Payments;

namespace Terminal.Journal;

/// <summary>
/// The fields of one JSON object, each read once. A field that is missing, has another type or is left over is a <see
/// cref="FormatException"/>.
/// </summary>
sealed class EntryFields : IDisposable
{
    static readonly JsonDocumentOptions Strict = new() { MaxDepth = 2, AllowDuplicateProperties = false };

    readonly JsonDocument document;
    int read;

    EntryFields(JsonDocument document) => this.document = document;

    /// <exception cref="JsonException">Not JSON, too deep, or a field twice.</exception>
    /// <exception cref="FormatException">Too long, or not an object.</exception>
    public static EntryFields Parse(byte[] body)
    {
        if (body.Length > Entry.MaxBody)
        {
            throw new FormatException($"the body is longer than {Entry.MaxBody} bytes");
        }
        var document = Read(body);
        if (document.RootElement.ValueKind == JsonValueKind.Object)
        {
            return new(document);
        }
        document.Dispose();
        throw new FormatException("the body is not an object");
    }

    static JsonDocument Read(byte[] body)
    {
        try
        {
            return JsonDocument.Parse(body, Strict);
        }
        catch (InvalidOperationException e) // The name is not valid Unicode.
        {
            throw new FormatException("the body has a field without a name", e);
        }
    }

    public string Text(string name)
    {
        var value = Value(name);
        if (value.ValueKind == JsonValueKind.String)
        {
            try
            {
                return value.GetString()!;
            }
            catch (InvalidOperationException) // Not UTF-8 within the quotes.
            {
            }
        }
        throw Bad(name);
    }

    public long Long(string name)
    {
        var value = Value(name);
        return value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out var number) ? number : throw Bad(name);
    }

    public int Int(string name) => (int)Long(name, int.MinValue, int.MaxValue);

    public long Long(string name, long least, long most) =>
        Long(name) is var number && number >= least && number <= most ? number : throw Bad(name);

    /// <summary>Milliseconds since 1970, within the range of dates.</summary>
    public Stamp Stamp(string name) => new(Long(
        name, DateTimeOffset.MinValue.ToUnixTimeMilliseconds(), DateTimeOffset.MaxValue.ToUnixTimeMilliseconds()));

    /// <summary>A name of an enumeration's value, not its number.</summary>
    public T Name<T>(string name) where T : struct, Enum
    {
        var text = Text(name);
        return Enum.TryParse<T>(text, out var value) && Enum.GetName(value) == text ? value : throw Bad(name);
    }

    /// <summary>For a field that older versions did not write; the field does not count as read.</summary>
    public bool Has(string name) => document.RootElement.TryGetProperty(name, out _);

    /// <summary>A flag that is false is not written.</summary>
    public bool Flag(string name)
    {
        if (!document.RootElement.TryGetProperty(name, out var value))
        {
            return false;
        }
        read++;
        return value.ValueKind == JsonValueKind.True ? true : throw Bad(name);
    }

    /// <summary>A time span as <c>00:01:00</c>, or null.</summary>
    public TimeSpan? Span(string name)
    {
        if (Value(name).ValueKind == JsonValueKind.Null)
        {
            return null;
        }
        read--;
        return TimeSpan.TryParseExact(Text(name), "c", null, out var span) ? span : throw Bad(name);
    }

    /// <summary>Checks that no field is left over.</summary>
    public void End()
    {
        if (document.RootElement.GetPropertyCount() != read)
        {
            throw new FormatException("the body has a field that does not belong there");
        }
    }

    public void Dispose() => document.Dispose();

    JsonElement Value(string name)
    {
        read++;
        return document.RootElement.TryGetProperty(name, out var value) ? value : throw Bad(name);
    }

    static FormatException Bad(string name) => new($"field {name} is missing or malformed");
}
