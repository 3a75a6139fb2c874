using Terminal.Ecr.Messages;
using Terminal.Ecr.Session;

namespace Terminal.Ecr.Commands;

/// <summary>
/// TLV 1F73 (PA00P015 chapter 5): one count for the messages of both sides, each answer with the number of what it
/// answers. Which order comes again by its number, <see cref="NumberedOrder"/> tells.
/// </summary>
sealed class MessageNumbers
{
    const int Highest = 999_999;

    int last;

    /// <summary>Agreed on by the last registration; counting begins with the command after it.</summary>
    public bool IsActive { get; private set; }

    public void Restart(bool isActive) => (IsActive, last) = (isActive, 0);

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

    static Apdu With(Apdu apdu, int number) =>
        apdu with { Tlvs = [.. apdu.Tlvs, new(Tag.MessageNumber, Bcd.Write(number, 3))] };
}
