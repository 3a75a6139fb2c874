using Terminal.Device;
using Terminal.Ecr.Messages;
using Terminal.Payments.Orders;
using Terminal.Scanner;

namespace Terminal.Ecr.Commands;

/// <summary>Where a 06 01 carries the customer's payment code.</summary>
/// <param name="Code">Null: the command carries none and the terminal scans it, or the command carries a card.</param>
/// <param name="IsCard">The command carries a card, keyed in or read.</param>
readonly record struct CodeSource(PaymentCode? Code, bool IsCard = false)
{
    const byte FromBarcode = 2;

    /// <summary>Longer than any payment code that a phone can show.</summary>
    const int LongestCode = 512;

    /// <summary>Bytes of BMP 22, whose length has two digits.</summary>
    const int LongestPan = 99;

    static ReadOnlySpan<byte> TextPrefix => "QR:"u8;

    static readonly CodeSource Card = new(null, IsCard: true);

    /// <summary>Null if the command contradicts itself: two sources, or one that cannot be read.</summary>
    public static CodeSource? Find(Fields fields, EcrRequest request)
    {
        if (IsTwice(fields, Tag.CardDataInput) || IsTwice(fields, Tag.Barcode) ||
            fields.Tag(Tag.CardDataInput) is { Length: not 1 })
        {
            return null;
        }
        byte[] sources = [Bmp.Pan, Bmp.Track1, Bmp.Track2, Bmp.Track3];
        sources = [.. sources.Where(fields.Has)];
        var origin = fields.Tag(Tag.CardDataInput)?.Span[0];
        var barcode = fields.Tag(Tag.Barcode);
        var text = request.Settings.CodeInText ? InText(fields) : null;
        return (sources, barcode, text) switch
        {
            ([], null, null) => origin is null ? new(null) : null,
            ([], { } container, null) => InBarcode(container) is { } code ? Printed(code, request) : null,
            ([], null, { } code) => Printed(code, request),
            ([Bmp.Pan], null, null) => InPan(fields, origin, request),
            ([Bmp.Track1], null, null) when origin == FromBarcode =>
                Printed(fields.Get(Bmp.Track1)!.Value, request),
            ([_], null, null) => Card,
            _ => null,
        };
    }

    static CodeSource? InPan(Fields fields, byte? origin, EcrRequest request)
    {
        var packed = fields.Get(Bmp.Pan)!.Value.Span;
        Span<byte> digits = stackalloc byte[2 * LongestPan];
        try
        {
            return Bcd.ReadDigits(packed, digits) switch
            {
                null or 0 => null,
                { } count when !fields.Has(Bmp.Expiry) && origin is null or FromBarcode =>
                    Judged(digits[..count], origin == FromBarcode, request),
                _ => Card,
            };
        }
        finally
        {
            Pinned.Wipe(digits);
        }
    }

    /// <summary>
    /// Our extension, for codes longer than the 99 bytes of BMP 2D. The container normally lets the ECR print a bar
    /// code for a terminal; here it travels the other way.
    /// </summary>
    static ReadOnlyMemory<byte>? InBarcode(ReadOnlyMemory<byte> container)
    {
        var inner = Tlv.ReadAll(container) ?? [];
        var codes = inner.Where(t => t.Tag == Tag.BarcodeText).ToArray();
        var types = inner.Where(t => t.Tag == Tag.BarcodeType).ToArray();
        return codes is [var code] && types is [{ Value.Length: 1 }] ? code.Value : default(ReadOnlyMemory<byte>?);
    }

    /// <summary>The code in BMP 3C, from an ECR that can only add text.</summary>
    static ReadOnlyMemory<byte>? InText(Fields fields) =>
        fields.Get(Bmp.Text) is { } text && text.Span.StartsWith(TextPrefix)
            ? text[TextPrefix.Length..]
            : default(ReadOnlyMemory<byte>?);

    static bool IsTwice(Fields fields, int tag) => fields.Tlvs.Count(t => t.Tag == tag) > 1;

    /// <summary>Characters that were read from a bar code.</summary>
    static CodeSource? Printed(ReadOnlyMemory<byte> code, EcrRequest request) =>
        IsPrintable(code.Span) ? Judged(code.Span, true, request) : null;

    /// <summary>Separates cards from payment codes: see <see cref="CodeTable.IsCard"/>.</summary>
    static CodeSource Judged(ReadOnlySpan<byte> text, bool isFromBarcode, EcrRequest request) =>
        request.Settings.Codes.IsCard(text, isFromBarcode) ? Card : new(request.Seal(text));

    static bool IsPrintable(ReadOnlySpan<byte> code) =>
        code.Length is > 0 and <= LongestCode && !code.ContainsAnyExceptInRange((byte)0x21, (byte)0x7E);
}
