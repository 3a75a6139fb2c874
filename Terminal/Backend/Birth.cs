namespace Terminal.Backend;

/// <summary>Who speaks on a connection: its retained birth and the will that ends it.</summary>
/// <param name="Connection">
/// Random for each connection. An offline with another one than the newest birth's is of the past: ignore it.
/// </param>
/// <param name="Boot">Random for each start of the process.</param>
public sealed record Birth(string Connection, string Boot, string Software)
{
    /// <summary>{"v":1,"online":true,"conn":"…","boot":"…","sw":"…"}</summary>
    public byte[] Online() => Write(true);

    /// <summary>The same with "online":false.</summary>
    public byte[] Offline() => Write(false);

    byte[] Write(bool online) => Json.Write(json =>
    {
        json.WriteBoolean("online", online);
        json.WriteString("conn", Connection);
        json.WriteString("boot", Boot);
        json.WriteString("sw", Software);
    });
}
