namespace Terminal.Ecr.Messages;

/// <summary>Builds the data of a message field by field.</summary>
sealed class FieldWriter
{
    readonly List<byte> data = [];

    public byte[] ToBytes() => [.. data];

    /// <summary>Bytes without a BMP, or a field of fixed length.</summary>
    public FieldWriter Raw(params ReadOnlySpan<byte> bytes)
    {
        data.AddRange(bytes);
        return this;
    }

    public FieldWriter Number(byte bmp, long number, int bytes) => Raw([bmp, .. Bcd.Write(number, bytes)]);

    /// <summary>At most 99 bytes; a longer value is cut.</summary>
    public FieldWriter LlVar(byte bmp, ReadOnlySpan<byte> value) =>
        Raw(bmp).Variable(2, value[..Math.Min(value.Length, 99)]);

    /// <summary>At most 999 bytes; a longer value is cut.</summary>
    public FieldWriter LllVar(byte bmp, ReadOnlySpan<byte> value) => Raw(bmp).LllVar(value);

    /// <summary>The same without a field number, where the position alone identifies the field.</summary>
    public FieldWriter LllVar(ReadOnlySpan<byte> value) => Variable(3, value[..Math.Min(value.Length, 999)]);

    FieldWriter Variable(int digits, ReadOnlySpan<byte> value)
    {
        foreach (var digit in value.Length.ToString(digits == 2 ? "00" : "000"))
        {
            data.Add((byte)(0xF0 | digit - '0'));
        }
        data.AddRange(value);
        return this;
    }
}
