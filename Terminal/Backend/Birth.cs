using System.Text.Json;

namespace Terminal.Backend;

/// <summary>
/// Identifies the terminal on a connection: the retained birth, repeated when its headline changes, and the will that
/// ends it.
/// </summary>
/// <param name="Connection">
/// Random for each connection. An offline message that names another connection than the newest birth is out of date:
/// ignore it.
/// </param>
/// <param name="Boot">Random for each start of the process.</param>
sealed record Birth(string Connection, string Boot, string Software)
{
    /// <summary>
    /// {"v":1,"online":true,"conn":"…","boot":"…","sw":"…","unresolved":1,"oldestMs":0}; oldestMs is left out while no
    /// payment is unresolved.
    /// </summary>
    public byte[] Online(Headline headline) => Write(true, json =>
    {
        json.WriteNumber("unresolved", headline.Unresolved);
        if (headline.OldestMs is { } oldest)
        {
            json.WriteNumber("oldestMs", oldest);
        }
    });

    /// <summary>{"v":1,"online":false,"conn":"…","boot":"…","sw":"…"}</summary>
    public byte[] Offline() => Write(false, _ => { });

    byte[] Write(bool online, Action<Utf8JsonWriter> rest) => Envelope.Of(json =>
    {
        json.WriteBoolean("online", online);
        json.WriteString("conn", Connection);
        json.WriteString("boot", Boot);
        json.WriteString("sw", Software);
        rest(json);
    });
}
