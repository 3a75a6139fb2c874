namespace Terminal.Ecr.Blocks;

/// <summary>The block check of ZVT: CRC-16/KERMIT, although PA00P016 calls it XModem.</summary>
static class Crc16
{
    /// <summary>The check of an APDU before its DLEs are doubled, and of the ETX that follows it.</summary>
    public static ushort OfBlock(ReadOnlySpan<byte> apdu)
    {
        ushort crc = 0;
        foreach (var b in apdu)
        {
            crc = Add(crc, b);
        }
        return Add(crc, Frame.Etx);
    }

    static ushort Add(ushort crc, byte b)
    {
        unchecked
        {
            crc ^= b;
            for (var bit = 0; bit < 8; bit++)
            {
                crc = (ushort)((crc & 1) != 0 ? (crc >> 1) ^ 0x8408 : crc >> 1);
            }
            return crc;
        }
    }
}
