namespace Sandbox.Ecr;

/// <summary>
/// The bytes of the protocol, written from its description alone: an instrument that used the terminal's own codec
/// would share its mistakes.
/// </summary>
static class Octets
{
    public const byte Stx = 0x02, Etx = 0x03, Ack = 0x06, Dle = 0x10, Nak = 0x15;

    /// <summary>Hex digits, with spaces anywhere.</summary>
    public static byte[] Parse(string hex) => Convert.FromHexString(string.Concat(hex.Where(c => c != ' ')));

    /// <summary>Two digits in a byte, an odd count padded with F.</summary>
    public static byte[] Packed(string digits) => Parse(digits.Length % 2 == 0 ? digits : digits + "F");

    public static string Show(ReadOnlySpan<byte> bytes) => BitConverter.ToString(bytes.ToArray()).Replace('-', ' ');

    /// <summary>DLE STX, the APDU with each DLE doubled, DLE ETX, and the CRC, which is never doubled.</summary>
    public static byte[] Block(ReadOnlySpan<byte> apdu)
    {
        List<byte> block = [Dle, Stx];
        foreach (var b in apdu)
        {
            block.AddRange(b == Dle ? [Dle, Dle] : [b]);
        }
        var crc = Crc(apdu);
        return [.. block, Dle, Etx, (byte)(crc & 0xFF), (byte)(crc >> 8)];
    }

    /// <summary>CRC-16 with the reversed polynomial 8408, start 0, over the APDU and ETX.</summary>
    public static int Crc(ReadOnlySpan<byte> apdu)
    {
        var crc = 0;
        foreach (var b in (ReadOnlySpan<byte>)[.. apdu, Etx])
        {
            for (var bit = 0; bit < 8; bit++)
            {
                var differs = ((crc ^ (b >> bit)) & 1) != 0;
                crc = differs ? crc >> 1 ^ 0x8408 : crc >> 1;
            }
        }
        return crc;
    }
}
