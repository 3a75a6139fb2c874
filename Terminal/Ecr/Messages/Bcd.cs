namespace Terminal.Ecr.Messages;

/// <summary>Packed decimal digits, two in a byte, most significant first.</summary>
static class Bcd
{
    /// <summary>The number in at most 9 bytes; null if a nibble is not a digit.</summary>
    public static long? Read(ReadOnlySpan<byte> bytes)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(bytes.Length, 9);
        long number = 0;
        foreach (var b in bytes)
        {
            if (b >> 4 > 9 || (b & 15) > 9)
            {
                return null;
            }
            number = number * 100 + (b >> 4) * 10 + (b & 15);
        }
        return number;
    }

    /// <summary>The digits as text, without an F that pads the last nibble.</summary>
    /// <param name="digits">Two places for each byte.</param>
    /// <returns>How many digits; null if any other nibble is not a digit.</returns>
    public static int? ReadDigits(ReadOnlySpan<byte> bytes, Span<byte> digits)
    {
        var count = bytes.Length * 2;
        for (var i = 0; i < count; i++)
        {
            var nibble = i % 2 == 0 ? bytes[i / 2] >> 4 : bytes[i / 2] & 15;
            if (nibble > 9)
            {
                return nibble == 15 && i == count - 1 ? i : null;
            }
            digits[i] = (byte)('0' + nibble);
        }
        return count;
    }

    /// <summary>The last digits of a number, as many as fit into the bytes.</summary>
    public static byte[] Write(long number, int bytes)
    {
        var packed = new byte[bytes];
        for (var i = bytes - 1; i >= 0; i--)
        {
            packed[i] = (byte)(number / 10 % 10 << 4 | number % 10);
            number /= 100;
        }
        return packed;
    }
}
