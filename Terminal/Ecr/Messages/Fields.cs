namespace Terminal.Ecr.Messages;

/// <summary>The fields (BMPs) of one message, in the order sent.</summary>
sealed class Fields
{
    readonly List<(byte Bmp, ReadOnlyMemory<byte> Value)> fields = [];

    Fields(FieldFault fault) => Fault = fault;

    /// <summary>If it is not <see cref="FieldFault.None"/>, the message must not be acted on.</summary>
    public FieldFault Fault { get; private set; }

    public IReadOnlyList<(byte Bmp, ReadOnlyMemory<byte> Value)> All => fields;

    /// <summary>The data objects of field 06; none if the ECR did not send it.</summary>
    public IReadOnlyList<Tlv> Tlvs { get; private set; } = [];

    public bool Has(byte bmp) => Get(bmp) is not null;

    /// <summary>The value of the first data object with this tag; null if there is none.</summary>
    public ReadOnlyMemory<byte>? Tag(int tag)
    {
        foreach (var tlv in Tlvs)
        {
            if (tlv.Tag == tag)
            {
                return tlv.Value;
            }
        }
        return null;
    }

    /// <summary>The value without its length; null if the field was not sent.</summary>
    public ReadOnlyMemory<byte>? Get(byte bmp)
    {
        foreach (var field in fields)
        {
            if (field.Bmp == bmp)
            {
                return field.Value;
            }
        }
        return null;
    }

    public static Fields Read(ReadOnlyMemory<byte> data)
    {
        var read = new Fields(FieldFault.None);
        while (!data.IsEmpty && read.Fault == FieldFault.None)
        {
            data = read.Take(data);
        }
        if (read.Get(Bmp.Tlv) is { } container)
        {
            read.ReadTlvs(container);
        }
        return read;
    }

    void ReadTlvs(ReadOnlyMemory<byte> container)
    {
        if (Tlv.ReadAll(container) is { } tlvs)
        {
            Tlvs = tlvs;
        }
        else
        {
            Stop(FieldFault.Malformed);
        }
    }

    /// <summary>Reads one field; returns what follows it.</summary>
    ReadOnlyMemory<byte> Take(ReadOnlyMemory<byte> data)
    {
        var bmp = data.Span[0];
        if (Bmp.LengthOf(bmp) is not { } kind)
        {
            return Stop(FieldFault.Unknown);
        }
        if (Measure(kind, data.Span[1..]) is not { } size || data.Length - 1 - size.Header < size.Value)
        {
            return Stop(FieldFault.Malformed);
        }
        if (Has(bmp))
        {
            return Stop(FieldFault.Malformed);
        }
        fields.Add((bmp, data.Slice(1 + size.Header, size.Value)));
        return data[(1 + size.Header + size.Value)..];
    }

    ReadOnlyMemory<byte> Stop(FieldFault fault)
    {
        Fault = fault;
        return default;
    }

    static (int Header, int Value)? Measure(int kind, ReadOnlySpan<byte> rest) => kind switch
    {
        Bmp.TlvLength => Tlv.ReadLength(rest),
        < 0 => MeasureVariable(-kind, rest),
        _ => (0, kind),
    };

    static (int Header, int Value)? MeasureVariable(int digits, ReadOnlySpan<byte> rest)
    {
        if (rest.Length < digits)
        {
            return null;
        }
        var length = 0;
        foreach (var b in rest[..digits])
        {
            if (b is < 0xF0 or > 0xF9)
            {
                return null;
            }
            length = length * 10 + (b & 15);
        }
        return (digits, length);
    }
}

/// <summary>What is wrong with the fields of a message.</summary>
enum FieldFault
{
    None,
    /// <summary>A field that is not in the table: with its length unknown, all that follows is unknown too.</summary>
    Unknown,
    /// <summary>Cut short, an invalid length, or the same field twice.</summary>
    Malformed,
}
