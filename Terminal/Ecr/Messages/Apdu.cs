using Terminal.Device;

namespace Terminal.Ecr.Messages;

/// <summary>One message of the application layer.</summary>
/// <param name="Command">Class and instruction, e.g. 0x0601; an answer is 0x8000 or 0x84xx.</param>
/// <param name="Data">The bytes after the length; without the TLV container in a message that we build.</param>
sealed record Apdu(int Command, byte[] Data)
{
    /// <summary>80 00 00.</summary>
    public static readonly Apdu Accept = new(0x8000, []);

    /// <summary>
    /// Sent after the data as field 06, if there are any. In a message that was read they are part of the data.
    /// </summary>
    public IReadOnlyList<Tlv> Tlvs { get; init; } = [];

    /// <summary>84 xx 00.</summary>
    public static Apdu Refuse(byte resultCode) => new(0x8400 | resultCode, []);

    public bool IsAnswer => Command >> 8 is 0x80 or 0x84;

    /// <summary>80 00, or 84 00, which means the same.</summary>
    public bool IsPositive => Command is 0x8000 or 0x8400;

    /// <summary>Null unless the bytes are exactly one APDU.</summary>
    public static Apdu? Read(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length < 3)
        {
            return null;
        }
        var command = bytes[0] << 8 | bytes[1];
        var rest = bytes[3..];
        int length = bytes[2];
        if (length == 0xFF)
        {
            if (rest.Length < 2)
            {
                return null;
            }
            // Little-endian, unlike every length inside a TLV.
            length = rest[0] | rest[1] << 8;
            rest = rest[2..];
        }
        return rest.Length == length ? new(command, Pinned.Copy(rest)) : null;
    }

    /// <summary>Reads bytes that nobody else needs, and wipes them.</summary>
    public static Apdu? Take(byte[] bytes)
    {
        var apdu = Read(bytes);
        Pinned.Wipe(bytes);
        return apdu;
    }

    /// <summary>Wipes a message that was read: it may hold a payment code.</summary>
    public void Wipe() => Pinned.Wipe(Data);

    public byte[] ToBytes()
    {
        byte[] all = Tlvs.Count == 0 ? Data : [.. Data, Bmp.Tlv, .. Tlv.WriteContainer([.. Tlvs])];
        ArgumentOutOfRangeException.ThrowIfGreaterThan(all.Length, 0xFFFF);
        byte[] length = all.Length < 0xFF
            ? [(byte)all.Length]
            : [0xFF, (byte)(all.Length & 0xFF), (byte)(all.Length >> 8)];
        return [(byte)(Command >> 8), (byte)(Command & 0xFF), .. length, .. all];
    }
}
