using System.Text;

namespace Sandbox.Ecr;

/// <summary>
/// The fields of a 04 0F as a strict register reads them: a field that its table lacks spoils the message.
/// </summary>
sealed class StatusFields
{
    readonly List<(byte Bmp, byte[] Value)> fields = [];

    StatusFields() { }

    public IEnumerable<byte> Order => fields.Select(f => f.Bmp);

    public byte? Result => Get(0x27) is [var code] ? code : null;

    public int? Receipt => (int?)Read(0x87);

    public long? Cents => Read(0x04);

    public string Text => Encoding.Latin1.GetString(Get(0x3C) ?? []);

    /// <summary>BMP 37 names the payment that a reversal or refund returns.</summary>
    public bool IsOfReturn => Get(0x37) is not null;

    public byte[]? Get(byte bmp) => fields.Where(f => f.Bmp == bmp).Select(f => f.Value).FirstOrDefault();

    /// <summary>Null if a field is unknown, comes twice or does not fit.</summary>
    public static StatusFields? Read(byte[] data)
    {
        var read = new StatusFields();
        for (var at = 0; at < data.Length;)
        {
            var bmp = data[at++];
            if (Size(bmp, data.AsSpan(at)) is not var (header, length) || at + header + length > data.Length ||
                read.Get(bmp) is not null)
            {
                return null;
            }
            read.fields.Add((bmp, data[(at + header)..(at + header + length)]));
            at += header + length;
        }
        return read;
    }

    long? Read(byte bmp) =>
        Get(bmp) is { } bytes && long.TryParse(Convert.ToHexString(bytes), out var number) ? number : null;

    /// <summary>How many bytes the length takes, and the length itself.</summary>
    static (int Header, int Length)? Size(byte bmp, ReadOnlySpan<byte> rest) => bmp switch
    {
        0x01 or 0x02 or 0x03 or 0x05 or 0x19 or 0x27 or 0x8A or 0x8C or 0xA0 => (0, 1),
        0x0D or 0x0E or 0x17 or 0x3A or 0x49 or 0x87 => (0, 2),
        0x0B or 0x0C or 0x37 or 0x88 or 0xAA => (0, 3),
        0x29 => (0, 4),
        0xBA => (0, 5),
        0x04 => (0, 6),
        0x3B => (0, 8),
        0x2A => (0, 15),
        0x22 or 0x23 or 0x2D or 0x8B => Decimal(2, rest),
        0x24 or 0x3C or 0x60 or 0x9A => Decimal(3, rest),
        0x06 => rest switch
        {
            [<= 0x7F and var length, ..] => (1, length),
            [0x81, var length, ..] => (2, length),
            [0x82, var high, var low, ..] => (3, high << 8 | low),
            _ => null,
        },
        _ => null,
    };

    static (int, int)? Decimal(int digits, ReadOnlySpan<byte> rest)
    {
        var length = 0;
        for (var i = 0; i < digits; i++)
        {
            if (i >= rest.Length || rest[i] is < 0xF0 or > 0xF9)
            {
                return null;
            }
            length = length * 10 + (rest[i] & 15);
        }
        return (digits, length);
    }
}
