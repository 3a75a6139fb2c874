namespace Terminal.Backend;

/// <summary>What the terminal says about itself and its journal at the start of a connection.</summary>
/// <param name="Epoch">The journal's epoch. Another epoch means another journal, numbered from 1.</param>
/// <param name="Last">The newest entry; 0 in a new journal.</param>
/// <param name="Acknowledged">The newest entry that the head office had, as far as we know.</param>
sealed record Hello(string Epoch, long Last, long Acknowledged)
{
    /// <summary>{"v":1,"epoch":"…","last":9,"acked":7,"boot":"…","sw":"…","conn":"…"}</summary>
    public byte[] Write(Birth birth) => Envelope.Of(json =>
    {
        json.WriteString("epoch", Epoch);
        json.WriteNumber("last", Last);
        json.WriteNumber("acked", Acknowledged);
        json.WriteString("boot", birth.Boot);
        json.WriteString("sw", birth.Software);
        json.WriteString("conn", birth.Connection);
    });
}
