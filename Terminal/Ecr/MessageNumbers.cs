using Terminal.Payments;

namespace Terminal.Ecr;

/// <summary>
/// TLV 1F73 (PA00P015 chapter 5): one count for the messages of both sides, each answer with the number of what it
/// answers. It tells an order that comes again from a new one, for as long as the registration lasts.
/// </summary>
sealed class MessageNumbers
{
    const int Highest = 999_999;

    int last;
    (int Number, DeskInput.Instructed Input, PaymentId? Payment)? order;

    /// <summary>Agreed on by the last registration; counting begins with the command after it.</summary>
    public bool IsActive { get; private set; }

    public void Restart(bool isActive) => (IsActive, last, order) = (isActive, 0, null);

    /// <summary>The number of a message; null if it has none.</summary>
    public static int? Of(ReadOnlyMemory<byte> fields) =>
        Fields.Read(fields).Tag(Tag.MessageNumber) is { Length: 3 } bytes ? (int?)Bcd.Read(bytes.Span) : null;

    /// <summary>A message of ours, with the next number.</summary>
    public Apdu Next(Apdu apdu)
    {
        // A print line has no fields that could hold it; the answer that agrees on numbers has its own.
        if (!IsActive || apdu.Command == Command.PrintLine || apdu.Tlvs.Any(t => t.Tag == Tag.MessageNumber))
        {
            return apdu;
        }
        last = last >= Highest ? 1 : last + 1;
        return With(apdu, last);
    }

    /// <summary>Our answer to the message with this number.</summary>
    public Apdu Answer(Apdu apdu, int? number) => IsActive && number is { } n ? With(apdu, n) : apdu;

    /// <summary>The ECR's number, unless it is an old one that comes again.</summary>
    public void Saw(int? number)
    {
        if (number is { } n && (n > last || last - n > Highest / 2))
        {
            last = n;
        }
    }

    /// <summary>The ECR orders something under this number; what comes of it is not known yet.</summary>
    public void Ordered(int number, DeskInput.Instructed input) =>
        order = (number, input, null);

    public void Began(int? number, PaymentId payment)
    {
        if (number is { } n && order is { } begun && begun.Number == n)
        {
            order = begun with { Payment = payment };
        }
    }

    /// <summary>The order that came last comes again.</summary>
    public bool IsResend(int? number) => IsActive && number is { } n && order?.Number == n;

    /// <summary>It comes again, and it began this payment, whose outcome is the answer.</summary>
    public PaymentId? BegunBy(int? number) => IsResend(number) ? order!.Value.Payment : null;

    /// <summary>The same number could be of a register that began to count anew; its order is another one.</summary>
    public bool IsSame(DeskInput.Instructed input) =>
        order?.Input is { } o && (o.Amount, o.Code?.Fingerprint, o.Objection) ==
            (input.Amount, input.Code?.Fingerprint, input.Objection);

    static Apdu With(Apdu apdu, int number) =>
        apdu with { Tlvs = [.. apdu.Tlvs, new(Tag.MessageNumber, Bcd.Write(number, 3))] };
}
