namespace Terminal.Ecr.Messages;

/// <summary>A data object in field 06: BER tag of one to three bytes, then length and value.</summary>
/// <param name="Tag">The tag's bytes as one number, e.g. 0x1F2D.</param>
sealed record Tlv(int Tag, ReadOnlyMemory<byte> Value)
{
    /// <summary>The objects of one level, in order; null if the bytes are not a sequence of objects.</summary>
    public static IReadOnlyList<Tlv>? ReadAll(ReadOnlyMemory<byte> bytes)
    {
        List<Tlv> all = [];
        while (!bytes.IsEmpty)
        {
            if (ReadTag(bytes.Span) is not { } tag ||
                ReadLength(bytes.Span[tag.Size..]) is not { } length ||
                bytes.Length - tag.Size - length.Header < length.Value)
            {
                return null;
            }
            all.Add(new(tag.Tag, bytes.Slice(tag.Size + length.Header, length.Value)));
            bytes = bytes[(tag.Size + length.Header + length.Value)..];
        }
        return all;
    }

    /// <summary>A constructed object, which holds others one level down.</summary>
    public static Tlv Of(int tag, IEnumerable<Tlv> inner) => new(tag, inner.SelectMany(t => t.ToBytes()).ToArray());

    /// <summary>How many bytes the length takes, and its value; null if it is cut short or reserved.</summary>
    public static (int Header, int Value)? ReadLength(ReadOnlySpan<byte> bytes) => bytes switch
    {
        [<= 0x7F, ..] => (1, bytes[0]),
        [0x81, var length, ..] => (2, length),
        [0x82, var high, var low, ..] => (3, high << 8 | low),
        _ => null,
    };

    /// <summary>The length and the objects, as they follow the byte 06.</summary>
    public static byte[] WriteContainer(params ReadOnlySpan<Tlv> tlvs)
    {
        List<byte> content = [];
        foreach (var tlv in tlvs)
        {
            content.AddRange(tlv.ToBytes());
        }
        return [.. WriteLength(content.Count), .. content];
    }

    public byte[] ToBytes()
    {
        return [.. BytesOf(Tag), .. WriteLength(Value.Length), .. Value.Span];
    }

    /// <summary>The bytes of a tag as it is sent.</summary>
    public static byte[] BytesOf(int tag) => tag switch
    {
        > 0xFFFF => [(byte)(tag >> 16), (byte)(tag >> 8 & 0xFF), (byte)(tag & 0xFF)],
        > 0xFF => [(byte)(tag >> 8), (byte)(tag & 0xFF)],
        _ => [(byte)tag],
    };

    static byte[] WriteLength(int length) => length switch
    {
        <= 0x7F => [(byte)length],
        <= 0xFF => [0x81, (byte)length],
        <= 0xFFFF => [0x82, (byte)(length >> 8), (byte)(length & 0xFF)],
        _ => throw new ArgumentOutOfRangeException(nameof(length), length, "longer than 65535 bytes"),
    };

    static (int Size, int Tag)? ReadTag(ReadOnlySpan<byte> bytes)
    {
        if ((bytes[0] & 0x1F) != 0x1F)
        {
            return (1, bytes[0]);
        }
        var tag = (int)bytes[0];
        for (var size = 1; size < Math.Min(bytes.Length, 3); size++)
        {
            tag = tag << 8 | bytes[size];
            if ((bytes[size] & 0x80) == 0)
            {
                return (size + 1, tag);
            }
        }
        return null;
    }
}
