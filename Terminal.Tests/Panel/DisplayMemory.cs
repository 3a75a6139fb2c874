namespace Terminal.Tests.Panel;

/// <summary>An SSD1306 as its data sheet says: what it shows after what was sent to it.</summary>
sealed class DisplayMemory
{
    (int First, int Last) columns = (0, 127);
    (int First, int Last) pages = (0, 7);
    int column;
    int page;

    public byte[] Pixels { get; } = new byte[128 * 8];
    public bool IsOn { get; private set; }
    public int Contrast { get; private set; } = 0x7F;

    public void Take(IEnumerable<byte[]> transfers)
    {
        foreach (var transfer in transfers)
        {
            if (transfer[0] == 0x40)
            {
                Write(transfer.AsSpan(1));
            }
            else
            {
                Obey(transfer.AsSpan(1));
            }
        }
    }

    void Obey(ReadOnlySpan<byte> bytes)
    {
        while (!bytes.IsEmpty)
        {
            switch (bytes[0])
            {
                case 0xAE or 0xAF:
                    IsOn = bytes[0] == 0xAF;
                    break;
                case 0x81:
                    Contrast = bytes[1];
                    break;
                case 0x21:
                    columns = (bytes[1], bytes[2]);
                    column = columns.First;
                    break;
                case 0x22:
                    pages = (bytes[1], bytes[2]);
                    page = pages.First;
                    break;
            }
            bytes = bytes[Length(bytes[0])..];
        }
    }

    static int Length(byte command) => command switch
    {
        0x21 or 0x22 => 3,
        0x20 or 0x81 or 0x8D or 0xA8 or 0xD3 or 0xD5 or 0xD9 or 0xDA or 0xDB => 2,
        0x40 or 0xA1 or 0xA4 or 0xA6 or 0xAE or 0xAF or 0xC8 => 1,
        _ => throw new ArgumentException($"command {command:X2}"),
    };

    void Write(ReadOnlySpan<byte> bytes)
    {
        foreach (var value in bytes)
        {
            Pixels[page * 128 + column] = value;
            if (++column > columns.Last)
            {
                column = columns.First;
                page = page == pages.Last ? pages.First : page + 1;
            }
        }
    }
}
