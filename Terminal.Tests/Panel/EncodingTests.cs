using System.Buffers.Binary;
using Terminal.Panel.Devices;
using Terminal.Panel.Screens;

namespace Terminal.Tests.Panel;

/// <summary>The bytes that go to devices, against the kernel's layout and the data sheet.</summary>
public sealed class EncodingTests
{
    [Fact]
    public void A_display_page_has_a_byte_per_column_with_the_top_row_in_bit_0()
    {
        var canvas = new Canvas(128, 64);
        canvas[0, 8] = canvas[1, 15] = canvas[127, 9] = true;
        canvas[0, 7] = canvas[0, 16] = true;
        var page = Ssd1306.Page(canvas, 1);
        Assert.Equal(128, page.Length);
        Assert.Equal([0x01, 0x80, 0x00], page[..3]);
        Assert.Equal([0x00, 0x02], page[^2..]);
    }

    [Fact]
    public void A_chip_is_known_by_its_label()
    {
        var chip = new byte[68];
        "gpiochip0"u8.CopyTo(chip);
        "pinctrl-bcm2711"u8.CopyTo(chip.AsSpan(32));
        chip[64] = 58;
        Assert.Equal(("pinctrl-bcm2711", 58), GpioLines.Chip(chip));
    }

    [Fact]
    public void A_line_is_asked_for_by_offset_and_answers_with_its_name()
    {
        var line = GpioLines.Line(17);
        Assert.Equal((256, 17), (line.Length, line[64]));
        "GPIO17"u8.CopyTo(line);
        Assert.Equal("GPIO17", GpioLines.LineName(line));
        Array.Fill(line, (byte)'x');
        Assert.Equal(new string('x', 32), GpioLines.LineName(line));
    }

    [Fact]
    public void A_framebuffer_says_how_its_pixels_lie()
    {
        var (variable, constant) = Describe((1280, 800, 32, 5120), (16, 8), (8, 8), (0, 8));
        Assert.Equal(
            new FramebufferFormat(1280, 800, 32, 5120, 0x00FF_FFFF), FramebufferFormat.Parse(variable, constant));
        (variable, constant) = Describe((320, 240, 16, 640), (11, 5), (5, 6), (0, 5));
        Assert.Equal(new FramebufferFormat(320, 240, 16, 640, 0xFFFF), FramebufferFormat.Parse(variable, constant));
    }

    [Theory]
    [InlineData(320, 240, 8, 320)]
    [InlineData(64, 48, 16, 128)]
    [InlineData(320, 240, 16, 100)]
    [InlineData(100_000, 240, 16, 200_000)]
    public void A_framebuffer_that_cannot_be_drawn_is_no_format(int width, int height, int bits, int stride)
    {
        var (variable, constant) = Describe((width, height, bits, stride), (11, 5), (5, 6), (0, 5));
        Assert.Null(FramebufferFormat.Parse(variable, constant));
    }

    [Fact]
    public void A_framebuffer_row_repeats_each_pixel_and_pads_to_the_stride()
    {
        var canvas = new Canvas(128, 64);
        canvas[1, 0] = true;
        var row = new FramebufferFormat(257, 128, 16, 520, 0x07E0).Row(canvas, 1);
        Assert.Equal(520, row.Length);
        Assert.Equal("00000000" + "E007E007" + "0000", Convert.ToHexString(row)[..20]);
        Assert.All(row[10..], b => Assert.Equal(0, b));
        row = new FramebufferFormat(128, 64, 32, 512, 0xFF00_00FE).Row(canvas, 0);
        Assert.Equal("00000000FE0000FF", Convert.ToHexString(row)[..16]);
    }

    static (byte[] Variable, byte[] Constant) Describe(
        (int Width, int Height, int Bits, int Stride) size, params (int Offset, int Length)[] colours)
    {
        var (variable, constant) = (new byte[160], new byte[80]);
        BinaryPrimitives.WriteInt32LittleEndian(variable, size.Width);
        BinaryPrimitives.WriteInt32LittleEndian(variable.AsSpan(4), size.Height);
        BinaryPrimitives.WriteInt32LittleEndian(variable.AsSpan(24), size.Bits);
        BinaryPrimitives.WriteInt32LittleEndian(constant.AsSpan(48), size.Stride);
        for (var i = 0; i < colours.Length; i++)
        {
            BinaryPrimitives.WriteInt32LittleEndian(variable.AsSpan(32 + 12 * i), colours[i].Offset);
            BinaryPrimitives.WriteInt32LittleEndian(variable.AsSpan(36 + 12 * i), colours[i].Length);
        }
        return (variable, constant);
    }
}
