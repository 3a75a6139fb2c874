using System.Text;
using Sandbox.Ecr;

namespace Terminal.Tests.Ecr;

/// <summary>
/// What the terminal said, in words: the till's own reader takes the message apart, and whatever has no word stays hex.
/// Nothing is left out and the order is the message's, so two messages with the same words have the same bytes.
/// </summary>
static class MessageWords
{
    /// <param name="apdu">Must be one message with the shortest length that there is for it.</param>
    public static string Of(byte[] apdu)
    {
        var message = Telegram.Read(apdu);
        Assert.Equal(apdu, message?.ToBytes());
        var data = message!.Data;
        return $"{message.Command:X4} " + (message.Command switch
        {
            0x040F => FieldsOf(data),
            0x04FF when data.Length > 2 => Behind(2, data),
            0x061E when data.Length > 1 => Behind(1, data),
            0x06D1 when data.Length > 1 => $"{data[0]:X2} {Value(data.AsSpan(1))}",
            _ => null,
        } ?? Hex.Of(apdu.AsSpan(2, apdu.Length - 2 - data.Length)) + (data.Length > 0 ? " " + Hex.Of(data) : ""));
    }

    static string? Behind(int head, byte[] data) =>
        FieldsOf(data[head..]) is { } fields ? $"{Hex.Of(data.AsSpan(0, head))} {fields}" : null;

    static string? FieldsOf(byte[] data) =>
        StatusFields.Read(data) is { } read ? string.Join(", ", read.Order.Select(b => Field(b, read.Get(b)!))) : null;

    static string Field(byte bmp, byte[] value)
    {
        var digits = Hex.Of(value);
        return bmp switch
        {
            0x04 => Money(digits),
            0x06 => Nodes(value),
            0x0B => $"trace {Number(digits)}",
            0x0C => $"{digits[..2]}:{digits[2..4]}:{digits[4..]}",
            0x0D => $"{digits[..2]}-{digits[2..]}",
            0x19 => $"type {digits}",
            0x27 => $"result {digits}",
            0x29 => $"terminal {Number(digits)}",
            0x37 => $"returns trace {Number(digits)}",
            0x3C => Value(value),
            0x49 => $"currency {Number(digits)}",
            0x60 => $"receipts {digits[..4]} to {digits[4..8]}: {Totals(value[4..])}",
            0x87 => $"receipt {digits}",
            0x88 => $"turnover {Number(digits)}",
            0x8A => $"card {digits}",
            0x8B => $"card {Value(value)}",
            _ => $"{bmp:X2} {digits}",
        };
    }

    static string Totals(byte[] totals) =>
        string.Join(" + ", totals.Chunk(7).Select(t => $"{t[0]} of {Money(Hex.Of(t.AsSpan(1)))}"));

    static string Money(string digits) => $"{Number(digits[..^2])}.{digits[^2..]}";

    static string Number(string digits) => digits.TrimStart('0') is { Length: > 0 } number ? number : "0";

    /// <summary>TLV: a tag, and in braces what is below it.</summary>
    static string Nodes(ReadOnlySpan<byte> data)
    {
        List<string> nodes = [];
        while (!data.IsEmpty)
        {
            var size = (data[0] & 0x1F) == 0x1F ? 2 : 1;
            var tag = data[..size];
            var isLong = data[size] == 0x81;
            var length = data[size + (isLong ? 1 : 0)];
            var from = size + (isLong ? 2 : 1);
            var value = data.Slice(from, length);
            nodes.Add($"{Hex.Of(tag)} {((tag[0] & 0x20) != 0 ? $"{{{Nodes(value)}}}" : Value(value))}");
            data = data[(from + length)..];
        }
        return string.Join(", ", nodes);
    }

    /// <summary>Printable ASCII in quotes, with the NUL that may end it; anything else is hex.</summary>
    static string Value(ReadOnlySpan<byte> bytes)
    {
        var text = bytes is [.. var all, 0] ? all : bytes;
        var isText = text.Length > 1 && !text.ContainsAnyExceptInRange((byte)0x20, (byte)0x7E);
        return isText ? $"\"{Encoding.ASCII.GetString(text)}{(bytes[^1] == 0 ? "\\0" : "")}\"" : Hex.Of(bytes);
    }
}
