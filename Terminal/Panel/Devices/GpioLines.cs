using System.Buffers.Binary;
using System.Text;

namespace Terminal.Panel.Devices;

/// <summary>The structures of the GPIO character device, version 2 (linux/gpio.h), as bytes.</summary>
static class GpioLines
{
    public const uint ChipRequest = 0x8044B401;
    public const int ChipSize = 68;

    public const uint LineRequest = 0xC100B405;
    public const int LineSize = 256;

    const int NameSize = 32;

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

    static string Text(ReadOnlySpan<byte> field)
    {
        var end = field.IndexOf((byte)0);
        return Encoding.ASCII.GetString(end < 0 ? field : field[..end]);
    }
}
