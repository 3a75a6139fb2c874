namespace Terminal.Backend;

/// <summary>The MQTT 5 reason codes that we act on (OASIS MQTT 5.0, 2.4). Codes from 0x80 on are refusals.</summary>
static class ReasonCode
{
    /// <summary>
    /// The message was accepted, but nobody subscribes. Only a hint: mosquitto before 2.0.20 may report it wrongly.
    /// </summary>
    public const int NoMatchingSubscribers = 0x10;
    public const int Refused = 0x80;
    public const int UnsupportedProtocol = 0x84;
    public const int ClientIdNotValid = 0x85;
    public const int BadUserOrPassword = 0x86;
    public const int NotAuthorized = 0x87;
    public const int Banned = 0x8A;
    public const int BadAuthentication = 0x8C;
    public const int SessionTakenOver = 0x8E;
    public const int TopicNotValid = 0x90;
    public const int PacketTooLarge = 0x95;
    public const int PayloadFormatNotValid = 0x99;

    /// <summary>The meaning of a refused connection, or of one that the broker closed.</summary>
    public static Trouble OfConnection(int code) => code switch
    {
        < Refused => Trouble.Unreachable,
        UnsupportedProtocol or ClientIdNotValid or BadUserOrPassword or NotAuthorized or Banned or BadAuthentication =>
            Trouble.Credentials,
        SessionTakenOver => Trouble.TakenOver,
        PacketTooLarge => Trouble.PacketLimit,
        _ => Trouble.Busy,
    };

    /// <summary>The meaning of a refused message or subscription.</summary>
    public static Trouble OfMessage(int code) => code switch
    {
        NoMatchingSubscribers => Trouble.Unheard,
        < Refused => Trouble.None,
        NotAuthorized or TopicNotValid or PayloadFormatNotValid => Trouble.Denied,
        PacketTooLarge => Trouble.PacketLimit,
        _ => Trouble.Busy,
    };
}
