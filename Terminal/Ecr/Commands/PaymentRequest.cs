using Terminal.Ecr.Messages;
using Terminal.Payments;
using Terminal.Payments.Answers;
using Terminal.Payments.Orders;
using Terminal.Scanner;

namespace Terminal.Ecr.Commands;

/// <summary>A 06 01 in which every byte was understood.</summary>
/// <param name="Code">The customer's payment code; null: the terminal scans it itself.</param>
/// <param name="IsCard">The command brings a card, keyed in or read, which this terminal does not take.</param>
/// <param name="Terms">How to tell the result.</param>
sealed record PaymentRequest(Money Amount, PaymentCode? Code, bool IsCard, ReplyTerms Terms)
{
    /// <summary>The only currency: a wrong guess at the decimals would be wrong by a factor of 100.</summary>
    public static readonly Currency Accepted = Currency.Eur;

    /// <summary>TLV 1F1F; null if the ECR did not send it.</summary>
    public Mirror? Mirror { get; init; }

    /// <summary>The code belongs to another wallet than the card type named by the ECR.</summary>
    public bool IsContradictory { get; init; }

    /// <summary>Reads 06 01. The desk also gets payments that we refuse, because 06 20 reports every order.</summary>
    public static EcrCommand Read(EcrRequest request)
    {
        var (order, refused) = Parse(request);
        if (order is null)
        {
            return EcrCommand.Refuse(refused);
        }
        var input = new Arrival.Instructed(order.Amount, order.IsCard ? null : order.Code)
        {
            Mirror = order.Mirror,
            HearsProgress = request.Agreement.Registration.WantsProgress,
            Objection = order.IsCard ? NotPaidReason.Card
                : order.IsContradictory ? NotPaidReason.OtherWallet
                : order.Amount.Minor > request.Settings.AmountLimit ? NotPaidReason.AmountOutOfRange
                : null,
        };
        return new EcrCommand.Instruct(input, order.Terms);
    }

    /// <summary>The request, or the result code of the 84 xx that refuses it.</summary>
    public static (PaymentRequest? Request, byte Refused) Parse(EcrRequest request)
    {
        var fields = Fields.Read(request.Data);
        if (fields.Fault != FieldFault.None)
        {
            return (null, fields.Fault == FieldFault.Unknown ? ResultCode.NotPossible : ResultCode.ProtocolError);
        }
        if (fields.Get(Bmp.Amount) is not { } amount || Bcd.Read(amount.Span) is not (> 0 and var minor) ||
            CodeSource.Find(fields, request) is not { } source)
        {
            return (null, ResultCode.ProtocolError);
        }
        if (fields.Get(Bmp.Currency) is { } currency && Bcd.Read(currency.Span) != Accepted.Number)
        {
            source.Code?.Wipe();
            return (null, ResultCode.WrongCurrency);
        }
        return (new(new(minor, Accepted), source.Code, source.IsCard, ReplyTerms.Of(fields, request.Agreement))
        {
            Mirror = ReadMirror(fields),
            IsContradictory = source.Code is { } code &&
                Contradicts(fields, request.Settings.Codes.Classify(code.Reveal())),
        }, 0);
    }

    /// <summary>Big-endian, as we sent it in 04 0F; empty if the ECR has no receipt of ours yet.</summary>
    internal static Mirror? ReadMirror(Fields fields) => fields.Tag(Tag.MirroredReceipt) switch
    {
        null => null,
        { Length: > 0 and <= 3 } number => new(Number(number.Span)),
        _ => new Mirror(null),
    };

    static int Number(ReadOnlySpan<byte> bytes)
    {
        var number = 0;
        foreach (var b in bytes)
        {
            number = number << 8 | b;
        }
        return number;
    }

    /// <summary>
    /// BMP 8A or TLV 41 is only a hint: it must fit if it names a wallet and the code's wallet is known.
    /// </summary>
    static bool Contradicts(Fields fields, CodeKind kind)
    {
        int? hint = fields.Tag(Tag.CardType) is { Length: > 0 and <= 3 } bytes
            ? Number(bytes.Span)
            : fields.Get(Bmp.CardType)?.Span[0];
        // 107 is the second entry for Alipay in the list of card types.
        hint = hint == 107 ? CodeKind.Alipay.CardType : hint;
        return CodeKind.Named.Any(k => k.CardType == hint) && kind.CardType is { } type && type != hint;
    }
}
