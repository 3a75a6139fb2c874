using Sandbox.Ecr;
using static Sandbox.Conform.Checks;
using static Sandbox.Ecr.Orders;

namespace Sandbox.Conform.Cases;

/// <summary>The same code again, and 06 20 in every state: one customer pays once.</summary>
static class ResendCases
{
    const string Stored = "A resend is safe: it gets the stored answer under the same receipt number.";
    const string Ask = "Ask with 06 20 rather than order again.";

    public static IEnumerable<Case> All =>
    [
        new("resend: a code whose sale is closed is refused with 73", Needs.Gateway, "Ask for a new code.", p =>
        {
            var code = NewCode();
            var first = p.Run(Pay(Approved, code)).MustEnd(0).Told;
            p.Run(Pay(Approved, code)).MustEnd(0x73);
            p.MustHold(first.Receipt, Approved, code);
        }),
        new("resend: a sale whose 06 0F was not taken is told again, not charged again", Needs.Gateway, Stored, p =>
        {
            var code = NewCode();
            var first = p.Run(Pay(Approved, code), Reaction.On(0x060F, new Reaction.Refuse(0x66))).Told;
            var second = p.Run(Pay(Approved, code)).MustEnd(0).Told;
            Must(second.Receipt == first.Receipt, $"receipt {first.Receipt} again", second.Receipt);
            p.MustHold(first.Receipt, Approved, code);
        }),
        new("resend: the same code with another amount is refused with 73", Needs.Gateway, "Ask for a new code.", p =>
        {
            var code = NewCode();
            var first = p.Run(Pay(Approved, code), Reaction.On(0x060F, new Reaction.Refuse(0x66))).Told;
            p.Run(Pay(Approved + 100, code)).MustEnd(0x73);
            p.MustHold(first.Receipt, Approved, code);
        }),
        new("resend: a declined code is declined again, same receipt", Needs.Gateway, "Ask for a new code.", p =>
        {
            var code = NewCode();
            var first = p.Run(Pay(1250, code)).MustEnd(0x71).Told;
            var second = p.Run(Pay(1250, code)).MustEnd(0x71).Told;
            Must(second.Receipt == first.Receipt, $"receipt {first.Receipt} again", second.Receipt);
            p.MustHold(first.Receipt, 0, code);
        }),
        new("resend: while the first order runs it is refused with 84 A0", Needs.Gateway | Needs.Time, Ask, p =>
        {
            var code = NewCode();
            p.Start(Pay(1264, code)).First.MustBe(0x8000);
            p.Send(Pay(1264, code));
            p.TakeAnswer().MustBe(0x84A0);
            p.MustHold(p.Follow().MustEnd(0).Told.Receipt, 1264, code);
        }),
        new("resend: a withdrawn approval stays withdrawn", Needs.Gateway, "Ask for a new code.", p =>
        {
            var code = NewCode();
            p.Run(Pay(Approved, code), Reaction.On(0x040F, new Reaction.Refuse(0x66)));
            var second = p.Run(Pay(Approved, code));
            Must(second.Status?.Result is not 0, "no 27 00 after the withdrawal", second);
            p.MustHold(second.Told.Receipt, 0, code);
        }),
        Repeated("an approval", Approved, 0),
        Repeated("a refusal", 1250, 0x71),
        new("repeat: twice gives the same answer twice", Needs.Gateway, Stored, p =>
        {
            p.Run(Pay(Approved, NewCode())).MustEnd(0);
            var (first, second) = (p.Repeat().MustEnd(0), p.Repeat().MustEnd(0));
            Must(Text(first) == Text(second), Text(first), Text(second));
        }),
        new("repeat: without a service byte the result is told too", Needs.Gateway, Stored, p =>
        {
            p.Run(Pay(Approved, NewCode())).MustEnd(0);
            p.Run(Telegram.Of(0x0620, "000000")).MustEnd(0);
        }),
        new("repeat: after an abort without a code that order is told, not the sale before", Needs.Gateway, Stored, p =>
        {
            var first = p.Run(Pay(Approved, NewCode())).MustEnd(0).Told;
            p.Start(Pay(Approved, null)).First.MustBe(0x8000);
            p.Ask(0x06B0).MustBe(0x8000);
            p.Follow().MustEnd(0x6C);
            var again = p.Repeat().MustEnd(0x6C).Told;
            Must(again.Receipt != first.Receipt, $"no receipt {first.Receipt}", again.Receipt);
        }),
        new("repeat: a refused order is no transaction", Needs.Gateway, Stored, p =>
        {
            var first = p.Run(Pay(Approved, NewCode())).MustEnd(0).Told;
            p.Ask(0x0601, Amount(0)).MustBe(0x849A);
            var again = p.Repeat().MustEnd(0).Told;
            Must(again.Receipt == first.Receipt, $"receipt {first.Receipt}", again.Receipt);
        }),
        new("repeat: after log-off it still works", Needs.Gateway, Stored, p =>
        {
            p.Run(Pay(Approved, NewCode())).MustEnd(0);
            p.Ask(0x0602).MustBe(0x8000);
            p.Repeat().MustEnd(0);
        }),
        new("repeat: an abort while the result is told again is refused", Needs.Gateway, Ask, p =>
        {
            var code = NewCode();
            p.Run(Pay(Approved, code)).MustEnd(0);
            var talk = p.Repeat(Reaction.On(0x060F, new Reaction.Refuse(0x66)));
            Must(talk.Status is { Result: 0 }, "27 00", talk);
            p.Ask(0x06B0).MustBe(0x8483);
            p.MustHold(talk.Told.Receipt, Approved, code);
        }),
    ];

    static Case Repeated(string what, long cents, byte result) => new(
        $"repeat: {what} is told again with identical fields", Needs.Gateway, Stored, p =>
        {
            var code = NewCode();
            var first = p.Run(Pay(cents, code)).MustEnd(result);
            var again = p.Repeat().MustEnd(result);
            Must(Without49(again) == Without49(first), Without49(first), Without49(again));
            p.MustHold(first.Told.Receipt, result == 0 ? cents : 0, code);
        });

    static string Text(Talk talk) => string.Join(" | ", talk.Messages.Where(m => m.Command == 0x040F));

    /// <summary>49 is returned only where it was sent, and 06 20 does not send it.</summary>
    static string Without49(Talk talk) => string.Join(", ", talk.Told.Order.Where(bmp => bmp is not (0x49 or 0x06))
        .Select(bmp => $"{bmp:X2} {Convert.ToHexString(talk.Told.Get(bmp)!)}"));
}
