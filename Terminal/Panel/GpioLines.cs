using System.Buffers.Binary;
using System.Text;

namespace Terminal.Panel;

/// <summary>The structures of the GPIO character device, version 2 (linux/gpio.h), as bytes.</summary>
public static class GpioLines
{
    public const uint ChipRequest = 0x8044B401;
    public const int ChipSize = 68;

    public const uint LineRequest = 0xC100B405;
    public const int LineSize = 256;

    public const uint OpenRequest = 0xC250B407;
    public const int OpenSize = 592;

    public const uint SetRequest = 0xC010B40F;

    const int NameSize = 32;
    const int MostLines = 64;
    const ulong ActiveLow = 2;
    const ulong Output = 8;

    /// <summary>A chip's label, such as "pinctrl-bcm2711", and how many lines it has.</summary>
    public static (string Label, int Lines) Chip(ReadOnlySpan<byte> chip) =>
        (Text(chip.Slice(NameSize, NameSize)), (int)BinaryPrimitives.ReadUInt32LittleEndian(chip[(2 * NameSize)..]));

    /// <summary>The question for a line's name; the answer comes back in the same bytes.</summary>
    public static byte[] Line(int offset)
    {
        var line = new byte[LineSize];
        BinaryPrimitives.WriteInt32LittleEndian(line.AsSpan(2 * NameSize), offset);
        return line;
    }

    public static string LineName(ReadOnlySpan<byte> line) => Text(line[..NameSize]);

    /// <summary>Asks for lines as outputs, all off, under our name.</summary>
    /// <param name="offsets">At most 64; their order is that of the bits in <see cref="Values"/>.</param>
    public static byte[] Open(IReadOnlyList<int> offsets, bool activeLow)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(offsets.Count, MostLines);
        var request = new byte[OpenSize];
        for (var i = 0; i < offsets.Count; i++)
        {
            BinaryPrimitives.WriteInt32LittleEndian(request.AsSpan(4 * i), offsets[i]);
        }
        "terminal"u8.CopyTo(request.AsSpan(256));
        BinaryPrimitives.WriteUInt64LittleEndian(request.AsSpan(288), Output | (activeLow ? ActiveLow : 0));
        BinaryPrimitives.WriteInt32LittleEndian(request.AsSpan(560), offsets.Count);
        return request;
    }

    /// <summary>The descriptor that the kernel wrote into the request.</summary>
    public static int Descriptor(ReadOnlySpan<byte> request) => BinaryPrimitives.ReadInt32LittleEndian(request[588..]);

    /// <summary>Sets the first <paramref name="count"/> lines at once; bits beyond them do nothing.</summary>
    public static byte[] Values(ulong bits, int count)
    {
        var mask = count == MostLines ? ulong.MaxValue : (1UL << count) - 1;
        var values = new byte[16];
        BinaryPrimitives.WriteUInt64LittleEndian(values, bits & mask);
        BinaryPrimitives.WriteUInt64LittleEndian(values.AsSpan(8), mask);
        return values;
    }

    static string Text(ReadOnlySpan<byte> field)
    {
        var end = field.IndexOf((byte)0);
        return Encoding.ASCII.GetString(end < 0 ? field : field[..end]);
    }
}
