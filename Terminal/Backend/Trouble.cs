namespace Terminal.Backend;

/// <summary>Why the head office does not get our entries, in a technician's terms.</summary>
enum Trouble
{
    None,
    /// <summary>No network, no broker, or a lost line.</summary>
    Unreachable,
    /// <summary>The broker says: not now.</summary>
    Busy,
    /// <summary>The broker does not know this terminal: user, password, certificate, client id.</summary>
    Credentials,
    /// <summary>Connected, but this terminal may not write or read its topics.</summary>
    Denied,
    /// <summary>Another device connects under our name.</summary>
    TakenOver,
    /// <summary>The broker's largest packet is shorter than one entry.</summary>
    PacketLimit,
    /// <summary>The broker accepts everything, but nobody subscribes.</summary>
    Unheard,
    /// <summary>The broker accepts everything, but the head office acknowledges nothing.</summary>
    Silent,
    /// <summary>The head office acknowledges a journal that is not ours.</summary>
    ForeignJournal,
}
