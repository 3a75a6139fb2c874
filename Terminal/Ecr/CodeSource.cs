using System.Text;
using Terminal.Scanner;

namespace Terminal.Ecr;

/// <summary>Where in a 06 01 the customer's payment code is.</summary>
/// <param name="Code">Null: nowhere, the terminal scans it itself; or it is a card.</param>
/// <param name="IsCard">What is there is a card, keyed or read.</param>
public readonly record struct CodeSource(string? Code, bool IsCard = false)
{
    const byte FromBarcode = 2;

    /// <summary>Longer than any payment code that a phone can show.</summary>
    const int LongestCode = 512;

    const string TextPrefix = "QR:";

    static readonly CodeSource Card = new(null, IsCard: true);

    /// <summary>Null if what was sent is contradictory: two sources, or one that cannot be read.</summary>
    public static CodeSource? Find(Fields fields, EcrSettings settings)
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
        var text = settings.CodeInText ? InText(fields) : null;
        return (sources, barcode, text) switch
        {
            ([], null, null) => origin is null ? new(null) : null,
            ([], { } container, null) => InBarcode(container) is { } code ? Judged(code, true, settings) : null,
            ([], null, { } code) => IsPrintable(code) ? Judged(code, true, settings) : null,
            ([Bmp.Pan], null, null) => InPan(fields, origin, settings),
            ([Bmp.Track1], null, null) when origin == FromBarcode => InTrack1(fields, settings),
            ([_], null, null) => Card,
            _ => null,
        };
    }

    static CodeSource? InPan(Fields fields, byte? origin, EcrSettings settings) =>
        Bcd.ReadDigits(fields.Get(Bmp.Pan)!.Value.Span) switch
        {
            null or "" => null,
            var digits when !fields.Has(Bmp.Expiry) && origin is null or FromBarcode =>
                Judged(digits, origin == FromBarcode, settings),
            _ => Card,
        };

    static CodeSource? InTrack1(Fields fields, EcrSettings settings) =>
        Encoding.Latin1.GetString(fields.Get(Bmp.Track1)!.Value.Span) is var code && IsPrintable(code)
            ? Judged(code, true, settings)
            : null;

    /// <summary>
    /// Our extension, for what is longer than the 99 bytes of BMP 2D: the container by which a terminal lets the ECR
    /// print a bar code, sent the other way round.
    /// </summary>
    static string? InBarcode(ReadOnlyMemory<byte> container)
    {
        var inner = Tlv.ReadAll(container) ?? [];
        var codes = inner.Where(t => t.Tag == Tag.BarcodeText).ToArray();
        var types = inner.Where(t => t.Tag == Tag.BarcodeType).ToArray();
        return codes is [var code] && types is [{ Value.Length: 1 }] &&
            Encoding.Latin1.GetString(code.Value.Span) is var text && IsPrintable(text) ? text : null;
    }

    /// <summary>The code in BMP 3C of an ECR that can only add text.</summary>
    static string? InText(Fields fields) =>
        fields.Get(Bmp.Text) is { } bytes && Encoding.Latin1.GetString(bytes.Span) is var text &&
        text.StartsWith(TextPrefix, StringComparison.Ordinal) ? text[TextPrefix.Length..] : null;

    static bool IsTwice(Fields fields, int tag) => fields.Tlvs.Count(t => t.Tag == tag) > 1;

    /// <summary>What no card can have, as far as we know: see <see cref="CodeTable.IsCard"/>.</summary>
    static CodeSource Judged(string text, bool isFromBarcode, EcrSettings settings) =>
        settings.Codes.IsCard(text, isFromBarcode) ? Card : new(text);

    static bool IsPrintable(string code) =>
        code.Length is > 0 and <= LongestCode && !code.AsSpan().ContainsAnyExceptInRange('\x21', '\x7E');
}
