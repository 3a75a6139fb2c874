using System.Globalization;

namespace Sandbox.Fuzz;

/// <summary>Commands whose fields were changed, with the lengths that go with what is there now.</summary>
static class FieldLengths
{
    static readonly byte[] WithPassword = [0x20, 0x30, 0x31, 0x50, 0x10];

    /// <summary>Class and instruction stay; a field that counts its bytes counts what is left of them.</summary>
    public static byte[] Repair(byte[] command)
    {
        byte[] changed = [.. command];
        var at = command[0] == 0x06 && WithPassword.Contains(command[1]) ? 5 : 2;
        while (at < changed.Length)
        {
            at = changed[at] switch
            {
                0x06 => Container(changed, at + 1),
                0x22 or 0x2D => Counted(changed, at + 1, 2),
                0x3C => Counted(changed, at + 1, 3),
                0x04 => at + 7,
                0x49 or 0x87 or 0x0E => at + 3,
                _ => at + 2,
            };
        }
        return changed;
    }

    /// <summary>A container is the last field: it takes all that is left.</summary>
    static int Container(byte[] bytes, int at)
    {
        if (at < bytes.Length && bytes.Length - at - 1 < 0x80)
        {
            bytes[at] = (byte)(bytes.Length - at - 1);
        }
        return bytes.Length;
    }

    /// <summary>Keeps the count if it fits, else takes all that is left.</summary>
    static int Counted(byte[] bytes, int at, int digits)
    {
        var left = bytes.Length - at - digits;
        if (left < 0)
        {
            return bytes.Length;
        }
        var count = bytes.AsSpan(at, digits).ToArray().Aggregate(0, (sum, b) => sum * 10 + b % 16);
        count = Math.Min(count, Math.Min(left, digits == 2 ? 99 : 999));
        foreach (var digit in count.ToString(CultureInfo.InvariantCulture).PadLeft(digits, '0'))
        {
            bytes[at++] = (byte)(0xF0 + digit - '0');
        }
        return at + count;
    }
}
