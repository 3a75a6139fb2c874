namespace Terminal.Panel;

/// <summary>The bytes that an SSD1306 display of 128×64 wants over I²C (Solomon Systech, rev. 1.1).</summary>
public static class Ssd1306
{
    public const int Width = 128;
    public const int Height = 64;
    public const int Pages = Height / 8;

    /// <summary>First byte of a transfer: commands follow, or pixels follow.</summary>
    const byte Commands = 0x00;
    const byte Pixels = 0x40;

    public static ReadOnlySpan<byte> Start =>
    [
        Commands,
        0xAE,       // display off
        0xD5, 0x80, // clock divider
        0xA8, 0x3F, // 64 rows
        0xD3, 0x00, // no row offset
        0x40,       // start line 0
        0x8D, 0x14, // charge pump on
        0x20, 0x00, // horizontal addressing
        0xA1, 0xC8, // mirrored both ways: the cable is at the top
        0xDA, 0x12, // rows alternate between the COM pins
        0x81, 0x8F, // contrast
        0xD9, 0xF1, // pre-charge for the charge pump
        0xDB, 0x40, // deselect level
        0xA4, 0xA6, // show memory, not inverted
        0xAF,       // display on
    ];

    public static ReadOnlySpan<byte> Stop => [Commands, 0xAE];

    public static byte[] Contrast(byte level) => [Commands, 0x81, level];

    /// <summary>The pixels that follow go to this page, from column 0.</summary>
    public static byte[] Address(int page) => [Commands, 0x22, (byte)page, (byte)page, 0x21, 0x00, Width - 1];

    public static byte[] Data(ReadOnlySpan<byte> columns) => [Pixels, .. columns];

    /// <summary>Eight rows: a byte per column, the topmost row in bit 0.</summary>
    public static byte[] Page(Canvas canvas, int page)
    {
        var columns = new byte[Width];
        for (var x = 0; x < Width; x++)
        {
            for (var bit = 0; bit < 8; bit++)
            {
                columns[x] |= canvas[x, page * 8 + bit] ? (byte)(1 << bit) : (byte)0;
            }
        }
        return columns;
    }
}
