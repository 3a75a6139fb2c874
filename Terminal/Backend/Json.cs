using System.Buffers;
using System.Text.Json;

namespace Terminal.Backend;

/// <summary>The envelope of every message: one JSON object that begins with its version.</summary>
static class Json
{
    public static byte[] Write(Action<Utf8JsonWriter> members)
    {
        var buffer = new ArrayBufferWriter<byte>(256);
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteNumber("v", 1);
            members(json);
            json.WriteEndObject();
        }
        return buffer.WrittenSpan.ToArray();
    }
}
