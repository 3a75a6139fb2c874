using System.Text;
using Terminal.Ecr.Commands;
using Terminal.Ecr.Receipts;
using Terminal.Panel.Words;

namespace Terminal.Ecr.Messages;

/// <summary>How the result of one command is reported: what was agreed on, and what the command adds.</summary>
/// <param name="Agreed">The registration that held when the command came.</param>
/// <param name="Language">The language of receipts and of texts for the cashier.</param>
sealed record ReplyTerms(Registration Agreed, Language Language)
{
    /// <summary>The ECR sent BMP 49, so it gets one.</summary>
    public bool EchoCurrency { get; init; }

    /// <summary>The ECR sent a TLV container, now or with its registration.</summary>
    public bool KnowsTlv { get; init; } = Agreed.KnowsTlv;

    /// <summary>BMP 01: seconds the ECR may take to answer the result; null if not sent.</summary>
    public byte? Timeout { get; init; }

    /// <summary>BMP 02: how often the ECR may ask for the result again; null if not sent.</summary>
    public byte? MaxStatus { get; init; }

    /// <summary>Which receipts the ECR prints for us.</summary>
    public ReceiptOrder Receipts { get; init; } = Agreed.Receipts;

    /// <summary>TLV 1F1F: with its next order the ECR says which receipt number it has.</summary>
    public bool IsMirrored { get; init; }

    /// <summary>The character set of all texts.</summary>
    public Charset Charset { get; init; } = Agreed.Charset ?? Charset.CodePage437;

    /// <summary>How many bytes of text for the cashier (BMP 3C) a message has room for.</summary>
    public int TextLimit { get; init; } = 999;

    public byte[] Encode(Phrase text) => Charset.Encode(text.In(Language), TextLimit);

    public static ReplyTerms Of(Agreement agreement) =>
        new(agreement.Registration, agreement.Registration.Language ?? agreement.Settings.Language)
        {
            Charset = agreement.Registration.Charset ?? agreement.Settings.Charset,
        };

    public static ReplyTerms Of(Fields fields, Agreement agreement)
    {
        var agreed = Of(agreement);
        return agreed with
        {
            Language = Languages.Find(fields.Tag(Tag.LanguageCode)) ?? agreed.Language,
            EchoCurrency = fields.Has(Bmp.Currency),
            KnowsTlv = agreed.KnowsTlv || fields.Has(Bmp.Tlv),
            Timeout = fields.Get(Bmp.Timeout)?.Span[0],
            MaxStatus = fields.Get(Bmp.MaxStatus)?.Span[0],
            Receipts = agreed.Receipts.Adjust(fields.Tag(Tag.ReceiptParameter)),
            IsMirrored = fields.Tag(Tag.MirroredReceipt) is not null,
        };
    }
}

/// <summary>The languages that an ECR can choose, by their codes of ISO 639-1.</summary>
static class Languages
{
    public static readonly (Language Language, string Code)[] All = [(Language.English, "EN"), (Language.German, "DE")];

    /// <summary>Null if there is no code or we do not speak the language. Case does not matter.</summary>
    public static Language? Find(ReadOnlyMemory<byte>? code)
    {
        var text = code is { Length: 2 } two ? Encoding.ASCII.GetString(two.Span).ToUpperInvariant() : "";
        foreach (var known in All)
        {
            if (known.Code == text)
            {
                return known.Language;
            }
        }
        return null;
    }
}
