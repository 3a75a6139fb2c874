namespace Terminal.Ecr;

/// <summary>How this terminal is reached by its cash register, and what it tells it about itself.</summary>
public sealed record EcrSettings
{
    /// <summary>E.g. /dev/ttyUSB0.</summary>
    public string Device { get; init; } = "/dev/ttyS0";

    public int Baud { get; init; } = 9600;

    /// <summary>7 or 8.</summary>
    public int DataBits { get; init; } = 8;

    public Parity Parity { get; init; }

    /// <summary>1 or 2. What is sent with 2 is read by both.</summary>
    public int StopBits { get; init; } = 2;

    /// <summary>Six digits that every command must carry; null: any password will do.</summary>
    public string? Password { get; init; }

    /// <summary>Largest amount taken, in cents.</summary>
    public long AmountLimit { get; init; } = 1_000_000;

    /// <summary>Eight digits (BMP 29).</summary>
    public string TerminalId { get; init; } = "00000001";

    /// <summary>Told on a status enquiry.</summary>
    public string Version { get; init; } = "0.1.0";

    /// <summary>ZVT card type (BMP 8A); 97 is ALIPAY.</summary>
    public byte CardType { get; init; } = 97;

    /// <summary>ASCII (BMP 8B).</summary>
    public string CardName { get; init; } = "ALIPAY";

    /// <summary>Of date and time on the ECR's receipt.</summary>
    public TimeZoneInfo TimeZone { get; init; } = TimeZoneInfo.Utc;

    public EcrTimers Timers { get; init; } = new();
}

public enum Parity
{
    None,
    Even,
    Odd,
}
