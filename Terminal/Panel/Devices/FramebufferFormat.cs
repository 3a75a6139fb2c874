using System.Buffers.Binary;
using Terminal.Panel.Screens;

namespace Terminal.Panel.Devices;

/// <summary>How a framebuffer lays out its pixels, as the kernel describes it.</summary>
/// <param name="Stride">Bytes from one row to the next.</param>
/// <param name="White">The pixel with all colour bits set.</param>
readonly record struct FramebufferFormat(int Width, int Height, int BitsPerPixel, int Stride, uint White)
{
    /// <summary>Sizes of the kernel's two structures on a 64-bit kernel.</summary>
    public const int VariableSize = 160;
    public const int FixedSize = 80;

    const int LargestSide = 8192;

    /// <summary>Reads fb_var_screeninfo and fb_fix_screeninfo; null if we cannot draw in this format.</summary>
    public static FramebufferFormat? Parse(ReadOnlySpan<byte> variable, ReadOnlySpan<byte> constant)
    {
        var width = Number(variable, 0);
        var height = Number(variable, 4);
        var bits = Number(variable, 24);
        var stride = Number(constant, 48);
        var fits = width is >= ScreenPainter.LeastWidth and <= LargestSide
            && height is >= ScreenPainter.LeastHeight and <= LargestSide
            && bits is 16 or 32 && stride >= width * bits / 8 && stride <= LargestSide * 4;
        return fits
            ? new((int)width, (int)height, (int)bits, (int)stride,
                Mask(variable[32..]) | Mask(variable[44..]) | Mask(variable[56..]))
            : null;
    }

    /// <summary>
    /// How often the smallest canvas fits. Each of its pixels becomes a square with sides of this length.
    /// </summary>
    public int Scale => Math.Min(Width / ScreenPainter.LeastWidth, Height / ScreenPainter.LeastHeight);

    /// <summary>One row of the framebuffer with all its <see cref="Stride"/> bytes.</summary>
    public byte[] Row(Canvas canvas, int y)
    {
        var row = new byte[Stride];
        var size = BitsPerPixel / 8;
        for (var x = 0; x < Width; x++)
        {
            if (canvas[x / Scale, y / Scale])
            {
                for (var i = 0; i < size; i++)
                {
                    row[x * size + i] = (byte)((White >> (8 * i)) & 0xFF);
                }
            }
        }
        return row;
    }

    static uint Number(ReadOnlySpan<byte> structure, int offset) =>
        BinaryPrimitives.ReadUInt32LittleEndian(structure[offset..]);

    /// <summary>Reads offset and length of a colour's bits.</summary>
    static uint Mask(ReadOnlySpan<byte> field)
    {
        var (offset, length) = (Number(field, 0), Number(field, 4));
        return length is > 0 and < 32 && offset + length <= 32 ? ((1u << (int)length) - 1) << (int)offset : 0;
    }
}
