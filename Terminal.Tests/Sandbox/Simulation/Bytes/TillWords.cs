using System.Text;
using Sandbox.Ecr;
using Sandbox.Simulation.Model;
using Terminal.Ecr.Messages;

namespace Sandbox.Simulation.Bytes;

/// <summary>The till's messages: those it sends, and what it reads of those it gets.</summary>
static class TillWords
{
    static readonly byte[] Password = [0, 0, 0];

    /// <summary>06 00: wants intermediate status, knows TLV.</summary>
    public static readonly Apdu Register =
        new(Command.Registration, [.. Password, 0xBE, 0x09, 0x78, Bmp.ServiceByte, 0, Bmp.Tlv, 0]);

    /// <summary>The same, and wants messages to be numbered.</summary>
    public static readonly Apdu RegisterNumbered =
        new(Command.Registration, [.. Password, 0xBE, 0x09, 0x78, Bmp.ServiceByte, 0])
        {
            Tlvs = [new(Tag.MessageNumber, new byte[3])],
        };

    public static readonly Apdu Repeat = new(Command.RepeatReceipt, Password);

    public static readonly Apdu Abort = new(Command.Abort, []);

    public static readonly Apdu Refuse = Apdu.Refuse(0x66);

    /// <summary>84 9D: goods for so much.</summary>
    public static Apdu Part(long minor) => new(0x849D, new FieldWriter().Number(Bmp.Amount, minor, 6).ToBytes());

    public static readonly Apdu NotYet = Apdu.Refuse(0x9C);

    /// <param name="code">Digits; null: the terminal scans it.</param>
    /// <param name="asText">BMP 2D instead of 22.</param>
    /// <param name="mirrored">The receipt that the till holds, 0: none; null: it does not tell.</param>
    public static Apdu Pay(long minor, string? code, bool asText, int? mirrored)
    {
        List<Tlv> tlvs = [.. Mirror(mirrored)];
        var data = new FieldWriter().Number(Bmp.Amount, minor, 6).Number(Bmp.Currency, 978, 2);
        if (code is not null)
        {
            _ = asText
                ? data.LlVar(Bmp.Track1, Encoding.ASCII.GetBytes(code))
                : data.LlVar(Bmp.Pan, Octets.Packed(code));
            tlvs.Insert(0, new(0x1F2D, new byte[] { 2 }));
        }
        return new(Command.Authorisation, data.ToBytes()) { Tlvs = tlvs };
    }

    /// <summary>06 30, 06 31, 06 50.</summary>
    public static Apdu Errand(OrderPage page, int? mirrored)
    {
        var data = new FieldWriter();
        if (page.Errand != Model.Errand.Close && page.NamesAmount)
        {
            data.Number(Bmp.Amount, page.Minor, 6);
        }
        if (page is { ByReference: true, Of.Id: var id })
        {
            data.LllVar(Bmp.Text, Encoding.ASCII.GetBytes($"REF:{id}"));
        }
        else if (page.Of is { } of)
        {
            data.Number(Bmp.Receipt, of.Receipt, 2);
        }
        var command = page.Errand switch
        {
            Model.Errand.Reversal => Command.Reversal,
            Model.Errand.Refund => Command.Refund,
            _ => Command.EndOfDay,
        };
        return new(command, [.. Password, .. data.ToBytes()]) { Tlvs = [.. Mirror(mirrored)] };
    }

    static IEnumerable<Tlv> Mirror(int? receipt) => receipt switch
    {
        null => [],
        0 => [new(Tag.MirroredReceipt, ReadOnlyMemory<byte>.Empty)],
        { } number => [new(Tag.MirroredReceipt, new[] { (byte)(number >> 8), (byte)number })],
    };

    public static readonly Apdu Totals = new(Command.Totals, Password);

    /// <summary>BMP 27, 04, 0B of a 04 0F; a refusal has neither amount nor trace.</summary>
    public static (int Result, long? Minor, int? Trace) Read(Apdu status)
    {
        var fields = Fields.Read(status.Data);
        return (
            fields.Get(Bmp.Result) is { } result ? result.Span[0] : -1,
            fields.Get(Bmp.Amount) is { } amount ? Bcd.Read(amount.Span) : null,
            (int?)(fields.Get(Bmp.Trace) is { } trace ? Bcd.Read(trace.Span) : null));
    }

    /// <summary>How many transactions an end-of-day or its preview counts (BMP 60).</summary>
    public static int? Count(Apdu status) => Fields.Read(status.Data).Get(Bmp.SingleTotals)?.Span[^7];

    /// <summary>The receipt number that the till shall mirror (TLV 1F1F), if there is one.</summary>
    public static int? Receipt(Apdu status) =>
        Fields.Read(status.Data).Tag(Tag.MirroredReceipt) is { Length: 2 } bytes
            ? bytes.Span[0] << 8 | bytes.Span[1]
            : null;

    /// <summary>TLV 1F73. In 04 FF and 06 1E the fields follow a byte or two without a name.</summary>
    public static int? MessageNumber(Apdu apdu)
    {
        var unnamed = apdu.Command is Command.IntermediateStatus or Command.Termination ? 2 : 0;
        for (var skip = 0; skip <= Math.Min(unnamed, apdu.Data.Length); skip++)
        {
            if (Fields.Read(apdu.Data.AsMemory(skip)).Tag(Tag.MessageNumber) is { Length: 3 } number)
            {
                return (int)Bcd.Read(number.Span)!;
            }
        }
        return null;
    }

    public static int? Trace(Apdu status) => Read(status).Trace;

    /// <summary>What the till's clerk makes of a code that refuses.</summary>
    public static string Reason(int code) => code switch
    {
        0xA0 => "Busy",
        0x73 => "CodeUsed",
        0x83 => "NoTransaction",
        0xA3 => "TooManyUnresolved",
        0x6C => "NoCodeScanned",
        _ => $"{code:X2}",
    };

    public static string Name(Apdu apdu) => apdu.Command == Command.StatusInformation
        ? $"04 0F {Read(apdu).Result:X2}"
        : $"{apdu.Command >> 8:X2} {apdu.Command & 0xFF:X2}";
}
