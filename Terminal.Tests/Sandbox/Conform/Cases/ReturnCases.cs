using Sandbox.Ecr;
using static Sandbox.Conform.Checks;
using static Sandbox.Ecr.Orders;

namespace Sandbox.Conform.Cases;

/// <summary>Reversal, refund, totals and end-of-day: money goes back once, and only what was paid.</summary>
static class ReturnCases
{
    const string Again = "The same order again is safe until you have acknowledged its 04 0F.";
    const string Name = "Name the sale: its receipt number (87), or its reference after the end-of-day.";
    const string Ask = "Ask with 06 20; a return is never taken back because its answer was lost.";

    public static IEnumerable<Case> All =>
    [
        new("reversal: of a sale that was acknowledged", Needs.Gateway, Name, p =>
        {
            var (code, receipt) = Sell(p);
            p.Run(Reverse(receipt)).MustEnd(0);
            p.MustBeCharged(code, 0);
        }),
        new("reversal: naming the right amount", Needs.Gateway, Name, p =>
        {
            var (code, receipt) = Sell(p);
            p.Run(Reverse(receipt, Amount(Approved))).MustEnd(0);
            p.MustBeCharged(code, 0);
        }),
        Refused("naming another amount", receipt => Reverse(receipt, Amount(1)), 0xB5),
        Refused("of a receipt that nobody has", receipt => Reverse(receipt % 9000 + 900), 0xB5),
        new("reversal: a second time is refused with B4", Needs.Gateway, "It was reversed before.", p =>
        {
            var (code, receipt) = Sell(p);
            p.Run(Reverse(receipt)).MustEnd(0);
            p.Run(Reverse(receipt)).MustEnd(0xB4);
            p.MustBeCharged(code, 0);
        }),
        new("reversal: of a sale that was declined is refused with B5", Needs.Gateway, Name, p =>
        {
            var receipt = p.Run(Pay(1250, NewCode())).MustEnd(0x71).Receipt;
            p.Run(Reverse(receipt)).MustEnd(0xB5);
        }),
        new("reversal: whose 04 0F is refused stays a reversal", Needs.Gateway, Ask, p =>
        {
            var (code, receipt) = Sell(p);
            p.Run(Reverse(receipt), Reaction.On(0x040F, new Reaction.Refuse(0x66)));
            p.Repeat().MustEnd(0);
            p.MustBeCharged(code, 0);
        }),
        new("reversal: sent again after a break is told again", Needs.Gateway, Again, p =>
        {
            var (code, receipt) = Sell(p);
            var first = p.Run(Reverse(receipt), Reaction.On(0x040F, new Reaction.Refuse(0x66))).Told.Receipt;
            var second = p.Run(Reverse(receipt)).MustEnd(0).Told.Receipt;
            Must(first == second, $"receipt {first} again", second);
            p.MustBeCharged(code, 0);
        }),
        Malformed("reversal: without a receipt number", 0x0630, "000000"),
        Malformed("reversal: of receipt 0000", 0x0630, "000000 87 0000"),
        Malformed("reversal: of a receipt that is no number", 0x0630, "000000 87 004A"),
        Malformed("reversal: of an amount of zero", 0x0630, $"000000 87 0042 {Amount(0)}"),
        Malformed("refund: without an amount", 0x0631, "000000 87 0042"),
        new("refund: of a part, by receipt number", Needs.Gateway, Name, p =>
        {
            var (code, receipt) = Sell(p);
            p.Run(Refund(receipt, 234)).MustEnd(0);
            p.MustBeCharged(code, Approved - 234);
        }),
        new("refund: never more than was paid", Needs.Gateway, Name, p =>
        {
            var (code, receipt) = Sell(p);
            p.Run(Refund(receipt, 1000)).MustEnd(0);
            p.Run(Refund(receipt, 235)).MustEnd(0xB5);
            p.MustBeCharged(code, 234);
        }),
        new("refund: that names no sale is refused with B5", Needs.Nothing, Name, p =>
            p.Run(Telegram.Of(0x0631, $"000000 {Amount(150)}")).MustEnd(0xB5)),
        new("totals: are told without closing anything", Needs.Gateway, "Compare with your own.", p =>
        {
            Sell(p);
            var before = p.Run(Telegram.Of(0x0610, "000000")).MustEnd(0).Told;
            Sell(p);
            var after = p.Run(Telegram.Of(0x0610, "000000")).MustEnd(0).Told;
            Must(after.Cents == before.Cents + Approved, $"{before.Cents + Approved} cents", after.Cents);
        }),
        new("end-of-day: closes the period, and the next one is empty", Needs.Gateway | Needs.EndOfDay,
            "Compare the totals of 04 0F with your own; 3C tells what is still unresolved.", p =>
            {
                Sell(p);
                var totals = p.Run(Telegram.Of(0x0610, "000000")).MustEnd(0).Told.Cents;
                var closed = p.Run(Telegram.Of(0x0650, "000000")).MustEnd(0).Told.Cents;
                Must(closed == totals, $"{totals} cents", closed);
                var next = p.Run(Telegram.Of(0x0610, "000000")).MustEnd(0).Told.Cents;
                Must(next == 0, "0 cents in the next period", next);
            }),
        new("end-of-day: afterwards a reversal is refused and told the reference", Needs.Gateway | Needs.EndOfDay,
            "Refund it with 06 31 and the reference after REF: in 3C.", p =>
            {
                var (code, receipt) = Sell(p);
                p.Run(Telegram.Of(0x0650, "000000")).MustEnd(0);
                var text = p.Run(Reverse(receipt)).MustEnd(0xB5).Told.Text;
                p.Run(Telegram.Of(0x0631, $"000000 {Amount(Approved)} 3C F0F3F0 {ReferenceIn(text)}")).MustEnd(0);
                p.MustBeCharged(code, 0);
            }),
        new("refund: by the reference that 04 0F of the sale tells", Needs.Gateway | Needs.Ours,
            "Print what stands behind REF: in 3C; 06 31 takes it at any time.", p =>
            {
                var code = NewCode();
                var text = p.Run(Pay(Approved, code)).MustEnd(0).Told.Text;
                p.Run(Telegram.Of(0x0631, $"000000 {Amount(234)} 3C F0F3F0 {ReferenceIn(text)}")).MustEnd(0);
                p.MustBeCharged(code, Approved - 234);
            }),
        new("end-of-day: whose 04 0F is never answered ends with 06 1E, and is told again",
            Needs.Gateway | Needs.EndOfDay | Needs.Ours, "Answer 04 0F; order 06 50 again for its totals.", p =>
            {
                Sell(p);
                var first = p.Run(Telegram.Of(0x0650, "000000"), Reaction.On(0x040F, new Reaction.Mute()));
                Must(first.End is { Command: 0x061E }, "06 1E", first);
                var again = p.Run(Telegram.Of(0x0650, "000000")).MustEnd(0).Told.Cents;
                Must(again == first.Told.Cents, $"{first.Told.Cents} cents", again);
            }),
        new("end-of-day: whose 04 0F is refused is told again by 06 20", Needs.Gateway | Needs.EndOfDay, Ask, p =>
        {
            Sell(p);
            var first = p.Run(Telegram.Of(0x0650, "000000"), Reaction.On(0x040F, new Reaction.Refuse(0x66))).Told;
            Must(p.Repeat().MustEnd(0).Told.Cents == first.Cents, $"{first.Cents} cents", "another sum");
        }),
    ];

    /// <summary>As hex, with the word before it.</summary>
    static string ReferenceIn(string text)
    {
        var at = text.IndexOf("REF:", StringComparison.Ordinal);
        Must(at >= 0 && text.Length >= at + 30, "REF: and 26 characters in 3C", text);
        return Convert.ToHexString(System.Text.Encoding.ASCII.GetBytes(text.Substring(at, 30)));
    }

    static (string Code, int Receipt) Sell(Probe p)
    {
        var code = NewCode();
        return (code, p.Run(Pay(Approved, code)).MustEnd(0).Receipt);
    }

    static Telegram Reverse(int receipt, string more = "") => Telegram.Of(0x0630, $"000000 87 {receipt:D4} {more}");

    static Telegram Refund(int receipt, long cents) =>
        Telegram.Of(0x0631, $"000000 87 {receipt:D4} {Amount(cents)}");

    static Case Refused(string name, Func<int, Telegram> order, byte code) => new(
        $"reversal: {name} is refused with {code:X2}", Needs.Gateway, Name, p =>
        {
            var (paid, receipt) = Sell(p);
            p.Run(order(receipt)).MustEnd(code);
            p.MustBeCharged(paid, Approved);
        });

    static Case Malformed(string name, int command, string data) => new(
        $"{name} is refused with 84 9A", Needs.Nothing, "Correct the message; nothing was returned.", p =>
        {
            p.Ask(command, data).MustBe(0x849A);
            p.MustBeReady();
        });
}
