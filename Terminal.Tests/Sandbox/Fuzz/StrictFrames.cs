namespace Sandbox.Fuzz;

/// <summary>Every block, or bare message, anywhere in a stream; shares nothing with the terminal.</summary>
static class StrictFrames
{
    public static IEnumerable<byte[]> Blocks(byte[] stream)
    {
        for (var at = 0; at + 1 < stream.Length; at++)
        {
            if (stream[at] == 0x10 && stream[at + 1] == 0x02 && Block(stream, at + 2) is { } block)
            {
                yield return block;
            }
        }
    }

    /// <summary>Bare messages of one command, by their length.</summary>
    public static IEnumerable<byte[]> Messages(byte[] stream)
    {
        for (var at = 0; at + 2 < stream.Length; at++)
        {
            var isLong = stream[at + 2] == 0xFF;
            var end = !isLong ? at + 3 + stream[at + 2] :
                at + 4 < stream.Length ? at + 5 + stream[at + 3] + (256 * stream[at + 4]) : int.MaxValue;
            if (stream[at] == 0x06 && end <= stream.Length)
            {
                yield return stream[at..end];
            }
        }
    }

    /// <summary>CRC-16 (polynomial 1021, reflected, from zero) over data and 03, low byte first.</summary>
    public static byte[] Check(IEnumerable<byte> data)
    {
        var crc = 0;
        foreach (var b in data.Append<byte>(0x03))
        {
            for (var bit = 0; bit < 8; bit++)
            {
                var carry = ((crc ^ (b >> bit)) & 1) == 1;
                crc = (crc >> 1) ^ (carry ? 0x8408 : 0);
            }
        }
        return [(byte)(crc % 256), (byte)(crc / 256)];
    }

    static byte[]? Block(byte[] stream, int at)
    {
        var data = new List<byte>();
        for (; at + 3 < stream.Length; at++)
        {
            if (stream[at] != 0x10)
            {
                data.Add(stream[at]);
            }
            else if (stream[++at] == 0x10)
            {
                data.Add(0x10);
            }
            else
            {
                return stream[at] == 0x03 && stream.AsSpan(at + 1, 2).SequenceEqual(Check(data)) ? [.. data] : null;
            }
        }
        return null;
    }
}
