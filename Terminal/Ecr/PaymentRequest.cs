using System.Text;
using Terminal.Payments;

namespace Terminal.Ecr;

/// <summary>A 06 01 that was read to its last byte.</summary>
/// <param name="Code">The customer's payment code; null: the terminal scans it itself.</param>
/// <param name="IsCard">It brings a card, keyed or read: not what this terminal takes.</param>
/// <param name="Terms">How to tell the result.</param>
public sealed record PaymentRequest(Money Amount, PaymentCode? Code, bool IsCard, ReplyTerms Terms)
{
    /// <summary>The one currency: a wrong guess at decimals would be an error by a factor of 100.</summary>
    public static readonly Currency Accepted = Currency.Eur;

    const int ReadFromBarcode = 0x1F2D;

    /// <summary>06 01: for the desk if it is a payment that we take.</summary>
    public static EcrCommand Read(EcrRequest request) => Parse(request.Data, request.Seal) switch
    {
        (null, var code) => EcrCommand.Refuse(code),
        ({ IsCard: true } card, _) => new EcrCommand.Decline(
            ResultCode.MethodNotSupported, "No cards: ask for a payment code.", card.Terms),
        ({ } good, _) when good.Amount.Minor <= request.Settings.AmountLimit => new EcrCommand.Instruct(
            new DeskInput.Instructed(good.Amount, good.Code), good.Terms),
        ({ } other, _) => Decline(new(RefusalReason.AmountOutOfRange), other.Terms),
    };

    static EcrCommand.Decline Decline(Refusal refusal, ReplyTerms terms)
    {
        var (code, text) = ResultCode.Of(refusal);
        return new(code, text, terms);
    }

    /// <summary>The request, or the result code of the 84 xx that refuses it.</summary>
    public static (PaymentRequest? Request, byte Refused) Parse(
        ReadOnlyMemory<byte> data, Func<string, PaymentCode> seal)
    {
        var fields = Fields.Read(data);
        if (fields.Fault != FieldFault.None)
        {
            return (null, fields.Fault == FieldFault.Unknown ? ResultCode.NotPossible : ResultCode.ProtocolError);
        }
        if (fields.Get(Bmp.Amount) is not { } amount || Bcd.Read(amount.Span) is not (> 0 and var minor) ||
            ReadTlvs(fields) is not { } tlvs || ReadSource(fields, tlvs) is not { } source)
        {
            return (null, ResultCode.ProtocolError);
        }
        if (fields.Get(Bmp.Currency) is { } currency && Bcd.Read(currency.Span) != Accepted.Number)
        {
            return (null, ResultCode.WrongCurrency);
        }
        var code = source.Code is { } raw ? seal(raw) : null;
        return (new(new(minor, Accepted), code, source.IsCard, ReplyTerms.Of(fields)), 0);
    }

    static IReadOnlyList<Tlv>? ReadTlvs(Fields fields)
    {
        if (fields.Get(Bmp.Tlv) is not { } container)
        {
            return [];
        }
        return Tlv.ReadAll(container) is { } tlvs && tlvs.Count(t => t.Tag == ReadFromBarcode) <= 1 ? tlvs : null;
    }

    /// <summary>Where the code is, if anywhere; null if that is contradictory.</summary>
    static (string? Code, bool IsCard)? ReadSource(Fields fields, IReadOnlyList<Tlv> tlvs)
    {
        byte[] sources = [Bmp.Pan, Bmp.Track1, Bmp.Track2, Bmp.Track3];
        sources = [.. sources.Where(fields.Has)];
        var origin = tlvs.FirstOrDefault(t => t.Tag == ReadFromBarcode);
        if (sources.Length != 1 || origin is { Value.Length: not 1 })
        {
            return sources.Length == 0 && origin is null ? (null, false) : null;
        }
        var value = fields.Get(sources[0])!.Value.Span;
        var isBarcode = origin?.Value.Span[0] == 2;
        return sources[0] switch
        {
            Bmp.Pan => Bcd.ReadDigits(value) switch
            {
                null or "" => null,
                var digits when isBarcode || (origin is null && IsWallet(digits, fields)) => (digits, false),
                _ => (null, true),
            },
            Bmp.Track1 when isBarcode => IsPrintable(value) ? (Encoding.ASCII.GetString(value), false) : null,
            _ => (null, true),
        };
    }

    /// <summary>Without the word of the ECR only a number that no card has, and no expiry date beside it.</summary>
    static bool IsWallet(string digits, Fields fields) => !fields.Has(Bmp.Expiry) && digits.Length switch
    {
        18 => Starts(digits) is (>= 10 and <= 15) or (>= 25 and <= 30),
        19 => Starts(digits) is 62 or (>= 25 and <= 30),
        >= 16 and <= 24 => Starts(digits) is >= 25 and <= 30,
        _ => false,
    };

    static int Starts(string digits) => (digits[0] - '0') * 10 + (digits[1] - '0');

    static bool IsPrintable(ReadOnlySpan<byte> text) =>
        text.Length > 0 && !text.ContainsAnyExceptInRange((byte)0x21, (byte)0x7E);
}
