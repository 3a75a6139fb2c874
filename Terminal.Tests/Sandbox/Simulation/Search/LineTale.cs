using System.Text;
using Terminal.Ecr.Messages;
using Terminal.Payments;
using Terminal.Payments.Orders;
using Terminal.Payments.Periods;

namespace Sandbox.Simulation.Search;

/// <summary>What the till of a <see cref="LineScene"/> sends, and what the loop makes of it.</summary>
static class LineTale
{
    static readonly byte[] Password = [0, 0, 0];

    public static readonly Apdu
        Repeat = Read(new(Command.RepeatReceipt, Password)),
        Abort = Read(new(Command.Abort, [])),
        Totals = Read(new(Command.Totals, Password)),
        EndOfDay = Read(new(Command.EndOfDay, Password)),
        Status = Read(new(Command.Status, Password));

    public static Apdu Register(bool isNumbered) => Read(new(Command.Registration, [.. Password, 0x86, 0x09, 0x78])
    {
        Tlvs = isNumbered ? [new(Tag.MessageNumber, new byte[3])] : [],
    });

    /// <summary>06 01 of an amount that no other order has, with a code or without, under its number.</summary>
    public static Apdu Pay(int order, LineBounds bounds)
    {
        var data = new FieldWriter().Number(Bmp.Amount, AmountOf(order), 6);
        List<Tlv> tlvs = [];
        if (HasCode(order))
        {
            data.LlVar(Bmp.Track1, Encoding.ASCII.GetBytes($"28012345678901234{order}"));
            tlvs.Add(new(0x1F2D, new byte[] { 2 }));
        }
        tlvs.AddRange(bounds.IsMirrored ? [new(Tag.MirroredReceipt, Array.Empty<byte>())] : Array.Empty<Tlv>());
        tlvs.AddRange(bounds.IsNumbered ? [new(Tag.MessageNumber, Bcd.Write(order, 3))] : Array.Empty<Tlv>());
        return Read(new(Command.Authorisation, data.ToBytes()) { Tlvs = tlvs });
    }

    static bool HasCode(int order) => order % 2 == 1;

    static long AmountOf(int order) => 1000 + order;

    /// <summary>The input with ids and the past, as the loop completes it.</summary>
    public static DeskInput Complete(LineScene s, LoopInput input) => input switch
    {
        Arrival.Instructed e => new DeskInput.Ordered(
            new(New(s, e.Amount) with { IsMirrored = e.Mirror is not null }, e.Code, EarlierOf(s, e.Code))
            {
                IsNew = e.IsNew,
                Mirror = e.Mirror,
                Objection = e.Objection,
            }),
        Arrival.Scanned e => new DeskInput.Scanned(e.Code, EarlierOf(s, e.Code)),
        Arrival.RepeatAsked { Payment: { } id } => new DeskInput.RepeatAsked(id, s.Desk.Find(id)),
        Arrival.RepeatAsked => new DeskInput.RepeatAsked(),
        Arrival.CloseInstructed => new DeskInput.CloseOrdered(Nothing, Numbers(s), null),
        Arrival.TotalsAsked => new DeskInput.TotalsAsked(Nothing, Numbers(s)),
        _ => (DeskInput)input,
    };

    static Sale New(LineScene s, Money amount)
    {
        var (id, receipt, trace, at) = Numbers(s);
        return new(id, receipt, trace, amount, "", at, TimeSpan.FromSeconds(60));
    }

    static OrderNumbers Numbers(LineScene s)
    {
        var number = s.Desk.Open.Select(t => t.Order.Receipt).DefaultIfEmpty().Max() + 1;
        return new(new($"P{number}"), number, number, default);
    }

    static Accounts Nothing => new(new(1), new Dictionary<PaymentId, OrderAccount>(), 0, 0);

    static Transaction? EarlierOf(LineScene s, PaymentCode? code) =>
        code is null ? null : s.Desk.FindByCode(code.Fingerprint);

    static Apdu Read(Apdu built) => Apdu.Read(built.ToBytes())!;
}
