using Terminal.Ecr.Commands;
using Terminal.Ecr.Messages;

namespace Terminal.Ecr.Trace;

/// <summary>Puts a message into a few words for people who read a trace, using only what the trace shows.</summary>
static class TraceWords
{
    /// <param name="message">As <see cref="TraceMask.Hide"/> leaves it.</param>
    public static string Of(byte[] message)
    {
        if (Apdu.Read(message) is not { } apdu)
        {
            return "no message";
        }
        var head = $"{apdu.Command >> 8:X2} {apdu.Command & 0xFF:X2}";
        return string.Join(' ', Words(apdu).Prepend(head).Where(word => word.Length > 0));
    }

    static IEnumerable<string> Words(Apdu apdu) => apdu switch
    {
        { IsPositive: true } => ["yes"],
        { IsAnswer: true } => ["no"],
        { Command: Command.StatusInformation } => OfResult(Fields.Read(apdu.Data)),
        { Command: Command.IntermediateStatus } => OfProgress(apdu.Data),
        { Command: Command.Completion } => ["completion", .. OfStatus(apdu.Data)],
        { Command: Command.Termination, Data: [var code, ..] } => ["termination", $"{code:X2}"],
        { Command: Command.Termination } => ["termination"],
        { Command: Command.PrintLine, Data: [_, .. var text] } => ["print line", Quoted(text)],
        { Command: Command.PrintBlock } => ["print block"],
        _ when CommandTable.Find(apdu.Command) is { } row =>
            OfCommand(row, Fields.Read(apdu.Data.AsMemory(Math.Min(row.Head, apdu.Data.Length)))),
        _ => ["unknown"],
    };

    static IEnumerable<string> OfCommand(CommandRow row, Fields fields) =>
    [
        row.Name, Amount(fields), Receipt(fields),
        fields.Has(Bmp.Pan) || fields.Has(Bmp.Track1) || fields.Tag(Tag.Barcode) is not null ? "with a code" : "",
        fields.Tag(Tag.MirroredReceipt) is { } mirrored ? $"has receipt {Convert.ToHexString(mirrored.Span)}" : "",
        Number(fields),
    ];

    static IEnumerable<string> OfResult(Fields fields) =>
    [
        "result", fields.Get(Bmp.Result) is { } code ? Convert.ToHexString(code.Span) : "", Amount(fields),
        Receipt(fields), fields.Get(Bmp.Text) is { Length: > 0 } text ? Quoted(text.Span) : "", Number(fields),
    ];

    static IEnumerable<string> OfProgress(byte[] data)
    {
        var fields = Fields.Read(data.AsMemory(Math.Min(2, data.Length)));
        var lines = fields.Tag(Tag.DisplayTexts) is { } texts ? Tlv.ReadAll(texts) ?? [] : [];
        return ["progress", data.Length > 0 ? $"{data[0]:X2}" : "", .. lines.Select(line => Quoted(line.Value.Span))];
    }

    /// <summary>The status in a 05 01, after the version or alone, and in field 19 of a 06 00.</summary>
    static IEnumerable<string> OfStatus(byte[] data) => data switch
    {
        [Bmp.Status, var registered, ..] => ["status", $"{registered:X2}"],
        [0xF0, >= 0xF0 and <= 0xF9, >= 0xF0 and <= 0xF9, .. var rest]
            when (data[1] & 15) * 10 + (data[2] & 15) is var length && rest.Length > length =>
            ["version", Quoted(rest.AsSpan(0, length)), "status", $"{rest[length]:X2}"],
        [not Bmp.Tlv and var status] => ["status", $"{status:X2}"],
        _ => [],
    };

    static string Amount(Fields fields) =>
        fields.Get(Bmp.Amount) is { } bytes && Bcd.Read(bytes.Span) is { } cents
            ? new Payments.Money(cents, Payments.Currency.Eur).ToString()
            : "";

    static string Receipt(Fields fields) =>
        fields.Get(Bmp.Receipt) is { } number ? $"receipt {Convert.ToHexString(number.Span)}" : "";

    static string Number(Fields fields) =>
        fields.Tag(Tag.MessageNumber) is { } number ? $"message {Convert.ToHexString(number.Span)}" : "";

    /// <summary>Quoted as ASCII, because the trace does not know the character set.</summary>
    static string Quoted(ReadOnlySpan<byte> text) => $"\"{Charset.Ascii.Decode(text)}\"";
}
