using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Terminal.Device;

/// <summary>One JSON object, in UTF-8.</summary>
static class Json
{
    // No reader of it is a browser, so the letters of every script stay readable.
    static readonly JsonWriterOptions Options =
        new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    public static byte[] Object(Action<Utf8JsonWriter> members)
    {
        var buffer = new ArrayBufferWriter<byte>(256);
        Write(buffer, members);
        return buffer.WrittenSpan.ToArray();
    }

    public static void Write(IBufferWriter<byte> to, Action<Utf8JsonWriter> members)
    {
        using var json = new Utf8JsonWriter(to, Options);
        json.WriteStartObject();
        members(json);
        json.WriteEndObject();
    }
}
