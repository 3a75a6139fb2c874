using System.Text;

namespace Terminal.Ecr;

/// <summary>Builds the data of a message field by field.</summary>
public sealed class FieldWriter
{
    readonly List<byte> data = [];

    public byte[] ToBytes() => [.. data];

    /// <summary>Bytes that carry no BMP, or a field of fixed length.</summary>
    public FieldWriter Raw(params ReadOnlySpan<byte> bytes)
    {
        data.AddRange(bytes);
        return this;
    }

    public FieldWriter Number(byte bmp, long number, int bytes) => Raw([bmp, .. Bcd.Write(number, bytes)]);

    /// <summary>At most 99 bytes; what is longer is cut.</summary>
    public FieldWriter LlVar(byte bmp, ReadOnlySpan<byte> value) =>
        Raw(bmp).Variable(2, value[..Math.Min(value.Length, 99)]);

    /// <summary>Text, at most 999 bytes; what is longer is cut, what is not ASCII becomes a question mark.</summary>
    public FieldWriter LllVar(byte bmp, string text) => Raw(bmp).LllVar(text);

    /// <summary>Bytes, at most 999.</summary>
    public FieldWriter LllVar(byte bmp, ReadOnlySpan<byte> value) => Raw(bmp).Variable(3, value);

    /// <summary>The same where the place alone tells the field.</summary>
    public FieldWriter LllVar(string text) =>
        Variable(3, Encoding.ASCII.GetBytes(text.Length > 999 ? text[..999] : text));

    /// <summary>Field 06 with these data objects.</summary>
    public FieldWriter Tlvs(params ReadOnlySpan<Tlv> tlvs) => Raw(Bmp.Tlv).Raw(Tlv.WriteContainer(tlvs));

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
