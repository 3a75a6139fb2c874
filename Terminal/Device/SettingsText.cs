using System.Text;
using System.Text.Json;
using System.Text.Unicode;

namespace Terminal.Device;

/// <summary>The bytes of a settings file as UTF-8, or which byte is none and where.</summary>
static class SettingsText
{
    static ReadOnlySpan<byte> Mark => [0xEF, 0xBB, 0xBF];

    /// <summary>The file's bytes without a byte order mark.</summary>
    /// <exception cref="SettingsException">It is in another encoding, as with umlauts saved as Latin-1.</exception>
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

    /// <summary>Dotted key of what stands at an offset; empty when it is none's.</summary>
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
            // Then the key before it is the nearest that there is.
        }
        return string.Join('.', names.Reverse());
    }

    /// <summary>The names of the objects that an object lies in stay, and one more of its own.</summary>
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
