using Sandbox.Ecr;
using static Sandbox.Conform.Checks;
using static Sandbox.Ecr.Orders;

namespace Sandbox.Conform.Cases;

/// <summary>84 9D, the till's answer to an approval when it hands over only a part of the goods.</summary>
static class PartialCases
{
    const string Advice = "84 9D with 04 says what was handed over. Book that much; the terminal returns the rest.";

    const long Part = 500;

    const int Status = 0x040F, Completion = 0x060F;

    public static IEnumerable<Case> All =>
    [
        Kept("a part", Amount(Part), Part),
        Kept("all but a cent", Amount(Approved - 1), Approved - 1),
        Kept("all of it", Amount(Approved), Approved),
        Taken("nothing", Amount(0)),
        Taken("more than the sale", Amount(Approved + 1)),
        Taken("a nibble that is no digit", "04 00000000050A"),
        Taken("the amount twice", $"{Amount(Part)} {Amount(Part)}"),
        Taken("an amount that is cut off", "04 0000000005"),
        Taken("a field behind the amount that nobody knows", $"{Amount(Part)} FF"),
        new("partial: answered so again, 06 20 changes nothing", Needs.Gateway, Advice, p =>
        {
            var code = NewCode();
            var receipt = Pay(p, code, Amount(Part)).Told.Receipt;
            for (var again = 0; again < 2; again++)
            {
                var told = p.Repeat(Reaction.On(Status, new Reaction.Part(Amount(Part)))).MustEnd(0).Told;
                Must(told.Cents == Part && told.Receipt == receipt, $"receipt {receipt} with {Part} cents", told.Cents);
            }
            p.MustBeCharged(code, Part);
        }),
        new("partial: a reversal returns what is left", Needs.Gateway, "06 30 with the amount that you booked.", p =>
        {
            var code = NewCode();
            var receipt = Pay(p, code, Amount(Part)).Told.Receipt;
            p.MustBeCharged(code, Part);
            var back = p.Run(Telegram.Of(0x0630, $"000000 87 {receipt:D4} {Amount(Part)}")).MustEnd(0).Told;
            Must(back.Cents == Part, $"{Part} cents returned", back.Cents);
            p.MustBeCharged(code, 0);
        }),
        new("partial: the totals count what is left", Needs.Gateway, Advice, p =>
        {
            var before = Totals(p);
            p.MustBeCharged(PaidInPart(p), Part);
            Must(Totals(p) - before == Part, $"{Part} cents more", Totals(p) - before);
        }),
    ];

    static Case Kept(string name, string answer, long cents) => new(
        "partial: " + name, Needs.Gateway, Advice, p =>
        {
            var code = NewCode();
            var receipt = Pay(p, code, answer).Told.Receipt;
            var told = p.Repeat().MustEnd(0).Told;
            Must(told.Receipt == receipt && told.Cents == cents, $"receipt {receipt} with {cents} cents", told.Cents);
            p.MustHold(receipt, cents, code);
        });

    static Case Taken(string name, string answer) => new("partial: " + name, Needs.Gateway,
        "Without an amount that is right to its last byte, and within the sale, all of it goes back.", p =>
        {
            var code = NewCode();
            var broken = p.Run(Orders.Pay(Approved, code), Reaction.On(Status, new Reaction.Part(answer)));
            Must(broken.Count(Completion) == 0, "no 06 0F for an approval that was not acknowledged", broken);
            var again = p.Repeat();
            Must(again.Status?.Result is not (null or 0), "not paid, or not confirmed", again);
            p.MustBeCharged(code, 0);
        });

    static Talk Pay(Probe p, string code, string answer) =>
        p.Run(Orders.Pay(Approved, code), Reaction.On(Status, new Reaction.Part(answer))).MustEnd(0);

    static string PaidInPart(Probe p)
    {
        var code = NewCode();
        Pay(p, code, Amount(Part));
        return code;
    }

    static long Totals(Probe p) => p.Run(Telegram.Of(0x0610, "000000")).MustEnd(0).Told.Cents ?? 0;
}
