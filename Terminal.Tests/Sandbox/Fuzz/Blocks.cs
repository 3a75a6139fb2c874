namespace Sandbox.Fuzz;

/// <summary>Blocks of the serial line, made right again after their content was changed.</summary>
static class Blocks
{
    /// <summary>DLE STX, data with every DLE doubled, DLE ETX, check.</summary>
    public static byte[] Of(IReadOnlyCollection<byte> apdu) =>
    [
        0x10, 0x02, .. apdu.SelectMany(b => b == 0x10 ? new byte[] { 0x10, 0x10 } : [b]),
        0x10, 0x03, .. StrictFrames.Check(apdu),
    ];

    /// <summary>Class, instruction and the length that the data really has.</summary>
    public static byte[] Message(ReadOnlySpan<byte> header, ReadOnlySpan<byte> data) => data.Length < 0xFF
        ? [.. header[..2], (byte)data.Length, .. data]
        : [.. header[..2], 0xFF, (byte)(data.Length % 256), (byte)(data.Length / 256), .. data];

    /// <summary>The same stream with the check of each block put right.</summary>
    public static byte[] WithChecks(byte[] stream)
    {
        byte[] fixedUp = [.. stream];
        var data = new List<byte>();
        var isIn = false;
        for (var at = 0; at + 1 < fixedUp.Length; at++)
        {
            var pair = (fixedUp[at], fixedUp[at + 1]);
            if (pair is (0x10, 0x02))
            {
                isIn = true;
                data.Clear();
                at++;
            }
            else if (isIn && pair is (0x10, 0x03))
            {
                isIn = false;
                var check = StrictFrames.Check(data);
                check.AsSpan(0, Math.Clamp(fixedUp.Length - at - 2, 0, 2)).CopyTo(fixedUp.AsSpan(at + 2));
                at += 3;
            }
            else if (isIn)
            {
                data.Add(fixedUp[at]);
                at += pair is (0x10, 0x10) ? 1 : 0;
            }
        }
        return fixedUp;
    }
}
