using System.Text.Json;
using Terminal.Device;

namespace Terminal.Backend;

/// <summary>What every message has in common: one JSON object that begins with its version.</summary>
static class Envelope
{
    public static byte[] Of(Action<Utf8JsonWriter> members) => Json.Object(json =>
    {
        json.WriteNumber("v", 1);
        members(json);
    });
}
