using Sandbox.Ecr;
using static Sandbox.Conform.Checks;
using static Sandbox.Ecr.Orders;

namespace Sandbox.Conform.Cases;

/// <summary>Payments from order to 06 0F or 06 1E, and how each ending is told.</summary>
static class PaymentCases
{
    const string Book = "Book the sale under the receipt number (87) of 04 0F.";
    const string Show = "Show the text of 3C. Not paid: nothing to book.";

    public static IEnumerable<Case> All =>
    [
        Approved("Alipay: 18 digits in 22", () => NewCode(), c => $"{Digits(c)} {FromBarcode}"),
        Approved("19 digits, padded with F", () => "62" + NewCode()[1..], c => $"{Digits(c)} {FromBarcode}"),
        Approved("24 digits", () => NewCode() + "123456", c => $"{Digits(c)} {FromBarcode}"),
        Approved("characters in 2D", () => "hQVDUFYwMQ" + NewCode(), c => $"{Characters(c)} {FromBarcode}"),
        Approved("99 characters in 2D", () => ("hQVDUFYwMQ" + NewCode()).PadRight(97, 'A') + "==",
            c => $"{Characters(c)} {FromBarcode}"),
        Approved("22 alone, where no card has such a number", () => NewCode(), Digits),
        Approved("with ALIPAY as card type", () => NewCode(), c => $"{Digits(c)} 8A 61 {FromBarcode}"),
        Approved("with tags that nobody knows beside it", () => NewCode(),
            c => $"{Digits(c)} 06 0A 1F2D 01 02 1F8006 02 4142"),
        new("payment: 49 is told to a till that sent it", Needs.Gateway, Book, p =>
            Must(p.Run(Pay(Orders.Approved, NewCode())).MustEnd(0).Told.Get(0x49) is [0x09, 0x78], "49 09 78", null)),
        new("payment: 49 is not told to a till that did not send it", Needs.Gateway, Book, p =>
        {
            var talk = p.Run(Telegram.Of(0x0601, $"{Amount(1234)} {Digits(NewCode())} {FromBarcode}")).MustEnd(0);
            Must(talk.Told.Get(0x49) is null, "no 49", talk);
        }),
        new("payment: 04 0F has amount, trace, time, date, terminal, receipt, card and text", Needs.Gateway, Book, p =>
        {
            var talk = p.Run(Pay(Orders.Approved, NewCode())).MustEnd(0);
            var missing = new byte[] { 0x04, 0x0B, 0x0C, 0x0D, 0x29, 0x87, 0x8A, 0x8B, 0x3C }
                .Where(bmp => talk.Told.Get(bmp) is null).Select(bmp => $"{bmp:X2}");
            Must(!missing.Any(), "every field", "without " + string.Join(", ", missing));
        }),
        new("payment: the code is never told back", Needs.Gateway, "Nothing.", p =>
        {
            var code = NewCode();
            var talk = p.Run(Pay(Orders.Approved, code)).MustEnd(0);
            var all = talk.Messages.SelectMany(m => m.ToBytes()).ToArray();
            Must(talk.Told.Get(0x22) is null && all.AsSpan().IndexOf(Convert.FromHexString(code)) < 0,
                "no payment code", talk);
        }),
        new("payment: receipt numbers follow each other", Needs.Gateway, Book, p =>
        {
            var first = p.Run(Pay(Orders.Approved, NewCode())).MustEnd(0).Told.Receipt;
            var second = p.Run(Pay(Orders.Approved, NewCode())).MustEnd(0).Told.Receipt;
            Must(second == first % 9999 + 1, $"receipt {first % 9999 + 1}", second);
        }),
        new("payment: no intermediate status without configuration bit 08", Needs.Gateway, "Wait up to 180 s.", p =>
        {
            p.Run(Register(0x06)).MustComplete();
            var talk = p.Run(Pay(Orders.Approved, NewCode())).MustEnd(0);
            Must(talk.Count(0x04FF) == 0, "no 04 FF", talk);
        }),
        new("payment: intermediate status with configuration bit 08", Needs.Gateway, "Show it, and wait anew.", p =>
        {
            p.Run(Register(0x0E)).MustComplete();
            var talk = p.Run(Pay(Orders.Approved, NewCode())).MustEnd(0);
            Must(talk.Count(0x04FF) > 0, "04 FF", talk);
        }),
        new("payment: no TLV for a till that sent none", Needs.Gateway, "Nothing.", p =>
        {
            var talk = p.Run(Telegram.Of(0x0601, $"{Amount(1234)} {Digits(NewCode())}")).MustEnd(0);
            Must(talk.Told.Get(0x06) is null, "no 06", talk);
        }),
        Declined("not enough funds", 1250, 0x71),
        Declined("code not accepted", 1251, 0x73),
        Declined("limit of the customer", 1252, 0xC3),
        Declined("wallet not enabled", 1253, 0xC5),
        Declined("risk", 1254, 0x66),
        new("payment: confirmed late on the phone", Needs.Gateway | Needs.Time, "Wait; 04 FF keeps coming.", p =>
            Charge(p, 1264, 0)),
        new("payment: the gateway's answer is lost, the money taken", Needs.Gateway | Needs.Time, Book, p =>
            Charge(p, 1271, 0)),
        new("payment: the gateway's answer is not signed", Needs.Gateway | Needs.Time, Book, p => Charge(p, 1272, 0)),
        new("payment: nobody confirms, cancelled within 30 s", Needs.Gateway | Needs.Time, Show,
            p => Charge(p, 1263, 0xA1)),
        new("payment: no answer at all: not confirmed within 30 s", Needs.Gateway | Needs.Time,
            "Not paid: do not hand over the goods. What was charged goes back by itself; 06 20 tells when.",
            p => Charge(p, 1291, 0xFF)),
        new("scanner: the terminal scans the code itself", Needs.Gateway | Needs.Scanner, Book, p =>
        {
            var code = NewCode();
            p.Start(Pay(1234, null)).First.MustBe(0x8000);
            p.Around.Scan!(code);
            var status = p.Follow().MustEnd(0).Told;
            p.MustHold(status.Receipt, 1234, code);
        }),
        new("scanner: nobody shows a code", Needs.Time, Show, p => p.Run(Pay(1234, null)).MustEnd(0x6C)),
    ];

    static Case Approved(string name, Func<string> code, Func<string, string> fields) => new(
        "code: " + name, Needs.Gateway, Book, p =>
        {
            var chosen = code();
            var talk = p.Run(Telegram.Of(0x0601, $"{Amount(Orders.Approved)} {Euro} {fields(chosen)}")).MustEnd(0);
            Must(talk.Told.Cents == Orders.Approved, "the amount ordered", talk);
            p.MustHold(talk.Told.Receipt, Orders.Approved, chosen);
        });

    static Case Declined(string name, long cents, byte result) => new(
        $"declined: {name} is told as {result:X2}", Needs.Gateway, Show, p => Charge(p, cents, result));

    static void Charge(Probe p, long cents, byte result)
    {
        var code = NewCode();
        var talk = p.Run(Pay(cents, code)).MustEnd(result);
        p.MustHold(talk.Told.Receipt, result == 0 ? cents : 0, code);
    }
}
