using Terminal.Ecr.Messages;
using Terminal.Ecr.Session;

namespace Terminal.Ecr.Commands;

/// <summary>
/// TLV 1F73 (PA00P015 chapter 5): both sides share one count, and an answer carries the number of the message that it
/// answers. <see cref="NumberedOrder"/> recognises an order that is sent again.
/// </summary>
sealed class MessageNumbers
{
    const int Highest = 999_999;

    int last;

    /// <summary>Agreed in the last registration. Counting begins with the command after it.</summary>
    public bool IsActive { get; private set; }

    public void Restart(bool isActive) => (IsActive, last) = (isActive, 0);

    /// <summary>The number of a message; null if it has none.</summary>
    public static int? Of(ReadOnlyMemory<byte> fields) =>
        Fields.Read(fields).Tag(Tag.MessageNumber) is { Length: 3 } bytes ? (int?)Bcd.Read(bytes.Span) : null;

    /// <summary>Our message with the next number.</summary>
    public Apdu Next(Apdu apdu)
    {
        // A print line has no field for the number, and the answer that agrees on numbering carries its own.
        if (!IsActive || apdu.Command == Command.PrintLine || apdu.Tlvs.Any(t => t.Tag == Tag.MessageNumber))
        {
            return apdu;
        }
        last = last >= Highest ? 1 : last + 1;
        return With(apdu, last);
    }

    /// <summary>Our answer to the message with this number.</summary>
    public Apdu Answer(Apdu apdu, int? number) => IsActive && number is { } n ? With(apdu, n) : apdu;

    /// <summary>Takes over the ECR's number, unless it is an old one that is sent again.</summary>
    public void Saw(int? number)
    {
        if (number is { } n && (n > last || last - n > Highest / 2))
        {
            last = n;
        }
    }

    static Apdu With(Apdu apdu, int number) =>
        apdu with { Tlvs = [.. apdu.Tlvs, new(Tag.MessageNumber, Bcd.Write(number, 3))] };
}
