using System.Buffers;
using System.Buffers.Text;
using Terminal.Device;

namespace Terminal.Scanner;

/// <summary>
/// The customer-presented EMV QR code: base64 of BER-TLV, with 85 "CPV01" first and then application templates (61).
/// </summary>
static class EmvCpm
{
    /// <summary>The 512 bytes that EMVCo allows, in base64.</summary>
    const int Longest = 684;

    /// <returns>
    /// The first application's id (4F) in hex; null if the text is not such a code or is cut short. The rest is not
    /// read, because it may hold a card number.
    /// </returns>
    public static string? Aid(ReadOnlySpan<byte> code)
    {
        Span<byte> bytes = stackalloc byte[Longest / 4 * 3];
        try
        {
            return code.Length <= Longest &&
                Base64.DecodeFromUtf8(code, bytes, out var read, out var length) == OperationStatus.Done &&
                read == code.Length
                    ? FirstAid(bytes[..length])
                    : null;
        }
        finally
        {
            Pinned.Wipe(bytes);
        }
    }

    static string? FirstAid(ReadOnlySpan<byte> rest)
    {
        if (Next(ref rest, out var value) != 0x85 || !value.SequenceEqual("CPV01"u8))
        {
            return null;
        }
        string? aid = null;
        while (!rest.IsEmpty)
        {
            var tag = Next(ref rest, out value);
            if (tag < 0)
            {
                return null;
            }
            aid ??= tag == 0x61 ? AidOf(value) : null;
        }
        return aid;
    }

    static string? AidOf(ReadOnlySpan<byte> template)
    {
        while (!template.IsEmpty)
        {
            var tag = Next(ref template, out var value);
            if (tag < 0 || (tag == 0x4F && value.Length is >= 5 and <= 16))
            {
                return tag < 0 ? null : Convert.ToHexString(value);
            }
        }
        return null;
    }

    /// <summary>
    /// Reads one element: a tag of one or two bytes and a definite length of up to two; −1 if it does not fit.
    /// </summary>
    static int Next(ref ReadOnlySpan<byte> rest, out ReadOnlySpan<byte> value)
    {
        value = default;
        var tagSize = !rest.IsEmpty && (rest[0] & 0x1F) == 0x1F ? 2 : 1;
        if (rest.Length <= tagSize)
        {
            return -1;
        }
        var tag = tagSize == 1 ? rest[0] : rest[0] << 8 | rest[1];
        rest = rest[tagSize..];
        var lengthSize = rest[0] switch { < 0x80 => 0, 0x81 => 1, 0x82 => 2, _ => rest.Length };
        if (rest.Length <= lengthSize)
        {
            return -1;
        }
        var length = lengthSize switch { 0 => rest[0], 1 => rest[1], _ => rest[1] << 8 | rest[2] };
        rest = rest[(1 + lengthSize)..];
        if (rest.Length < length)
        {
            return -1;
        }
        value = rest[..length];
        rest = rest[length..];
        return tag;
    }
}
