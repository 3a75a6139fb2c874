using System.Text;
using Sandbox.Simulation;

namespace Sandbox.Fuzz;

/// <summary>Makes inputs: noise, seeds, and seeds that were damaged, cut, doubled, or joined with others.</summary>
sealed class Mutator(IReadOnlyList<byte[]> seeds)
{
    const int Longest = 4096, LongestNoise = 96;

    static readonly byte[] Odd = [0x00, 0x01, 0x02, 0x03, 0x06, 0x0F, 0x10, 0x15, 0x1F, 0x7F, 0x80, 0x81, 0x82, 0xFF];

    /// <summary>Pieces on which parsers of text and of TLV have stumbled before.</summary>
    static readonly byte[][] Pieces =
    [
        .. new[]
        {
            "\"", "{", "}", "[", "]", ":", ",", "null", "true", "-1", "1e999", "0.5", "99999999999999999999",
            "2147483648", "\\u0000", "\\ud800", "\\", "\0", "\u00e4", "\ufeff", "../", "%", "=", "\t", "\n", "//",
        }.Select(Encoding.UTF8.GetBytes),
        .. new[]
        {
            "1002", "1003", "1010", "800000", "0501", "1F2D0102", "0604", "82FFFF", "83", "FFFFFF", "FF00", "F9F9F9",
            "490978", "040000000000FF", "E3", "F0F0", "C080", "1F1F",
        }.Select(Convert.FromHexString),
    ];

    /// <summary>The first inputs are the seeds as they are.</summary>
    public byte[] Make(Dice dice, long index, FuzzTarget target)
    {
        if (index < seeds.Count)
        {
            return seeds[(int)index];
        }
        if (seeds.Count == 0 || dice.Chance(0.04))
        {
            return Noise(dice);
        }
        var input = seeds[dice.Below(seeds.Count)];
        for (var left = 1 + dice.Below(dice.Pick(1, 3, 8)); left > 0; left--)
        {
            input = Change(input, dice);
        }
        input = input.Length > Longest ? input[..Longest] : input;
        return dice.Chance(0.8) ? target.Repair(input, dice) : input;
    }

    static byte[] Noise(Dice dice)
    {
        var noise = new byte[dice.Below(LongestNoise)];
        dice.Fill(noise);
        return noise;
    }

    byte[] Change(byte[] input, Dice dice)
    {
        var at = dice.Below(input.Length + 1);
        var end = at + dice.Below(Math.Min(input.Length - at, dice.Pick(4, 64)) + 1);
        switch (dice.Below(10))
        {
            case 0 or 1: return Set(input, at, b => (byte)(b ^ 1 << dice.Below(8)));
            case 2: return Set(input, at, _ => (byte)dice.Below(256));
            case 3: return Set(input, at, _ => dice.Pick<byte>(Odd));
            case 4: return Set(input, at, b => unchecked((byte)(b + dice.Pick(-1, 1, 16, -16))));
            case 5: return [.. input[..at], .. input[end..]];
            case 6: return [.. input[..end], .. input[at..end], .. input[end..]];
            case 7: return [.. input[..at], .. dice.Pick<byte[]>(Pieces), .. input[(dice.Chance(0.5) ? at : end)..]];
            case 8:
                var other = seeds[dice.Below(seeds.Count)];
                return [.. input[..at], .. other[dice.Below(other.Length + 1)..]];
            default: return dice.Chance(0.3) ? input[..at] : input;
        }
    }

    static byte[] Set(byte[] input, int at, Func<byte, byte> change)
    {
        if (at >= input.Length)
        {
            return input;
        }
        byte[] changed = [.. input];
        changed[at] = change(changed[at]);
        return changed;
    }
}
