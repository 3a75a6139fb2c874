namespace Terminal.Ecr.Blocks;

/// <summary>A block on the line: DLE STX, the APDU with every DLE doubled, DLE ETX, CRC low byte first.</summary>
static class Frame
{
    public const byte Stx = 0x02, Etx = 0x03, Ack = 0x06, Dle = 0x10, Nak = 0x15;

    /// <summary>
    /// Longest APDU taken from a line, header included; the commands of cash registers are far shorter.
    /// </summary>
    public const int MaxApdu = 2048;

    public static byte[] Encode(ReadOnlySpan<byte> apdu)
    {
        var crc = Crc16.OfBlock(apdu);
        List<byte> block = [Dle, Stx];
        foreach (var b in apdu)
        {
            block.Add(b);
            if (b == Dle)
            {
                block.Add(Dle);
            }
        }
        // The two CRC bytes are never doubled.
        block.AddRange([Dle, Etx, (byte)(crc & 0xFF), (byte)(crc >> 8)]);
        return [.. block];
    }
}
