namespace Terminal.Ecr.Messages;

/// <summary>The data fields of ZVT that we name, and the length of every field that an ECR may send.</summary>
static class Bmp
{
    public const byte Timeout = 0x01, MaxStatus = 0x02, ServiceByte = 0x03, Amount = 0x04, Tlv = 0x06, Trace = 0x0B,
        Time = 0x0C, Date = 0x0D, Expiry = 0x0E, Status = 0x19, PaymentType = 0x19, Pan = 0x22, Track2 = 0x23,
        Track3 = 0x24, Result = 0x27, TerminalId = 0x29, Track1 = 0x2D, OriginalTrace = 0x37, Text = 0x3C,
        Currency = 0x49, SingleTotals = 0x60, Receipt = 0x87, Turnover = 0x88, CardType = 0x8A, CardName = 0x8B,
        Duration = 0xF0, FirstLine = 0xF1, LastLine = 0xF8, Beeps = 0xF9;

    /// <summary>
    /// Length of a field with a fixed length; otherwise <see cref="LlVar"/> or <see cref="LllVar"/>; null if unknown.
    /// </summary>
    internal static int? LengthOf(byte bmp) => bmp switch
    {
        0x01 or 0x02 or 0x03 or 0x05 or 0x19 or 0x27 or 0x8A or 0x8C or 0xA0 => 1,
        0xD0 or 0xD2 or 0xF0 or 0xF9 or 0xFA or 0xFC or 0xFD => 1,
        0x0D or 0x0E or 0x17 or 0x3A or 0x49 or 0x87 => 2,
        0x0B or 0x0C or 0x37 or 0x3D or 0x88 or 0xAA => 3,
        0x29 => 4,
        0xBA => 5,
        0x04 => 6,
        0x3B => 8,
        0x2A => 15,
        0x22 or 0x23 or 0x2D or 0x4C or 0x8B or 0xA7 or (>= 0xF1 and <= 0xF8) => LlVar,
        0x24 or 0x2E or 0x3C or 0x60 or 0x92 or 0x9A or 0xAF => LllVar,
        0x06 => TlvLength,
        _ => null,
    };

    /// <summary>Two or three bytes Fx whose low nibbles are the number of the bytes that follow, in decimal.</summary>
    internal const int LlVar = -2, LllVar = -3;

    internal const int TlvLength = -1;
}
