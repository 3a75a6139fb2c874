using System.Text;
using System.Text.Json;
using System.Text.Unicode;

namespace Terminal.Device;

/// <summary>Reads a settings file as UTF-8, or says which byte is not UTF-8 and where it is.</summary>
static class SettingsText
{
    static ReadOnlySpan<byte> Mark => [0xEF, 0xBB, 0xBF];

    /// <summary>The file's bytes without a byte order mark.</summary>
    /// <exception cref="SettingsException">The file has another encoding, such as Latin-1 with umlauts.</exception>
    public static ReadOnlyMemory<byte> Read(string file)
    {
        ReadOnlyMemory<byte> bytes = File.ReadAllBytes(file);
        bytes = bytes.Span.StartsWith(Mark) ? bytes[Mark.Length..] : bytes;
        if (Utf8.IsValid(bytes.Span))
        {
            return bytes;
        }
        var at = FirstWrong(bytes.Span);
        var line = 1 + bytes.Span[..at].Count((byte)'\n');
        var key = KeyAt(bytes.Span, at);
        throw new SettingsException(
            key.Length > 0 ? key : "--settings",
            $"no UTF-8: byte 0x{bytes.Span[at]:X2} in line {line}, at offset {at} of {file}",
            "a file saved as UTF-8, not as Latin-1 or UTF-16");
    }

    static int FirstWrong(ReadOnlySpan<byte> bytes)
    {
        var at = 0;
        while (Rune.DecodeFromUtf8(bytes[at..], out _, out var length) == System.Buffers.OperationStatus.Done)
        {
            at += length;
        }
        return at;
    }

    /// <summary>The dotted key at an offset; empty if there is none.</summary>
    static string KeyAt(ReadOnlySpan<byte> bytes, int at)
    {
        var reader = new Utf8JsonReader(bytes, Lenient);
        var names = new Stack<string>();
        try
        {
            var isPast = false;
            while (!isPast && reader.Read())
            {
                isPast = reader.BytesConsumed > at;
                if (reader.TokenType is JsonTokenType.PropertyName or JsonTokenType.EndObject)
                {
                    var isName = reader.TokenType is JsonTokenType.PropertyName && !isPast;
                    Replace(names, reader.CurrentDepth, isName ? Encoding.UTF8.GetString(reader.ValueSpan) : null);
                }
            }
        }
        catch (JsonException)
        {
            // Broken JSON: the key before it is the nearest known place.
        }
        return string.Join('.', names.Reverse());
    }

    /// <summary>Keeps the names of the enclosing objects and adds the object's own.</summary>
    static void Replace(Stack<string> names, int depth, string? name)
    {
        while (names.Count >= Math.Max(depth, 1))
        {
            names.Pop();
        }
        if (name is not null)
        {
            names.Push(name);
        }
    }

    static JsonReaderOptions Lenient =>
        new() { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true };
}
