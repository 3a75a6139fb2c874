using Sandbox.Ecr;
using static Sandbox.Conform.Checks;
using static Sandbox.Ecr.Orders;

namespace Sandbox.Conform.Cases;

/// <summary>
/// Breaks at every point of the last two messages. Each case ends with 06 20; then the tills of both booking models and
/// the gateway must hold the same.
/// </summary>
static class RecoveryCases
{
    const string AskThenBook = "Unknown until 06 20 is answered: book on 27 00, otherwise do not.";
    const string StillPaid = "04 0F was acknowledged, so the sale stands, whatever becomes of 06 0F.";

    const long PaidAfter4s = 1264;

    const int Status = 0x040F, Completion = 0x060F, Termination = 0x061E;

    public static IEnumerable<Case> All =>
    [
        Stands("04 0F arrives broken once", Status, new Reaction.Nak()),
        Stands("04 0F arrives broken twice", Status, new Reaction.Nak(), times: 2),
        Stands("04 0F is answered with 84 9C, then taken", Status, new Reaction.Refuse(0x9C), needs: Needs.Time),
        Falls("04 0F never arrives in one piece", () => Reaction.On(Status, new Reaction.Nak(), 3), Needs.Serial),
        Falls("04 0F is refused with 84 66", () => Reaction.On(Status, new Reaction.Refuse(0x66))),
        Falls("04 0F is refused with 84 83", () => Reaction.On(Status, new Reaction.Refuse(0x83))),
        Falls("04 0F is refused with 84 9D, partial goods", () => Reaction.On(Status, new Reaction.Refuse(0x9D))),
        Falls("04 0F and 06 1E are both refused", () => message =>
            message.Command is Status or Termination ? new Reaction.Refuse(0x66) : Reaction.Yes),
        Falls("04 0F is acknowledged as a block, not answered",
            () => Reaction.On(Status, new Reaction.Mute()), Needs.Time),
        Falls("the till's answer to 04 0F is lost", () => Reaction.On(Status, new Reaction.LoseAnswer()), Needs.Time),
        Falls("the cable is pulled before 04 0F",
            () => Reaction.From(Status, new Reaction.Deaf()), Needs.Time | Needs.Serial),
        Falls("the cable is pulled after the block of 04 0F", AfterBlock, Needs.Time | Needs.Serial),
        Stands("06 0F arrives broken once", Completion, new Reaction.Nak()),
        Stands("06 0F never arrives in one piece", Completion, new Reaction.Nak(), times: 3),
        Stands("06 0F is refused", Completion, new Reaction.Refuse(0x66)),
        Stands("06 0F is acknowledged as a block, not answered", Completion, new Reaction.Mute(), needs: Needs.Time),
        Stands("the till's answer to 06 0F is lost", Completion, new Reaction.LoseAnswer(), needs: Needs.Time),
        Stands("the cable is pulled before 06 0F",
            Completion, new Reaction.Deaf(), times: 3, Needs.Time | Needs.Serial),
        Declined("a refusal that never arrives", () => Reaction.On(Status, new Reaction.Nak(), 3), Needs.Serial),
        Declined("a refusal that the till refuses", () => Reaction.On(Status, new Reaction.Refuse(0x66))),
        Declined("06 1E never arrives", () => Reaction.On(Termination, new Reaction.Nak(), 3), Needs.Serial),
        Declined("06 1E is refused", () => Reaction.On(Termination, new Reaction.Refuse(0x66))),
        new("recovery: a result asked for with 84 9C comes again unchanged", Needs.Gateway | Needs.Time,
            "Answer 84 9C while the goods are not ready; the result comes again after 2 s.", p =>
            {
                var order = Pay(Approved, NewCode());
                var talk = p.Run(order, Reaction.On(Status, new Reaction.Refuse(0x9C), 2)).MustEnd(0);
                var told = talk.Messages.Where(m => m.Command == Status).Select(m => $"{m}").ToList();
                Must(told.Count == 3 && told.Distinct().Count() == 1, "three equal 04 0F", talk);
            }),
        new("recovery: 06 20 broken off in the same way keeps the sale", Needs.Gateway, StillPaid, p =>
        {
            var code = NewCode();
            p.Run(Pay(Approved, code)).MustEnd(0);
            p.Repeat(Reaction.On(Status, new Reaction.Refuse(0x66)));
            p.MustHold(p.Repeat().MustEnd(0).Told.Receipt, Approved, code);
        }),
        new("recovery: after a withdrawal the next sale is like any other", Needs.Gateway, AskThenBook, p =>
        {
            var (lost, next) = (NewCode(), NewCode());
            p.Run(Pay(Approved, lost), Reaction.On(Status, new Reaction.Refuse(0x66)));
            p.MustHold(p.Run(Pay(Approved, next)).MustEnd(0).Told.Receipt, Approved, next);
            p.MustBeCharged(lost, 0);
        }),
        new("recovery: the till restarts while its order runs, and asks 06 20 until it is told",
            Needs.Gateway | Needs.Time, AskThenBook, p =>
            {
                var code = NewCode();
                p.Start(Pay(PaidAfter4s, code)).First.MustBe(0x8000);
                var told = p.Repeat(between: _ => new Reaction.Refuse(0x66)).MustEnd(0).Told;
                p.MustHold(told.Receipt, PaidAfter4s, code);
            }),
        Power("before 04 0F is acknowledged", Status),
        Power("after 04 0F was acknowledged", Completion),
        new("power: cut while the gateway works", Needs.Gateway | Needs.Restart | Needs.Time, AskThenBook, p =>
        {
            var code = NewCode();
            p.Start(Pay(1264, code)).First.MustBe(0x8000);
            p.Drain(TimeSpan.FromSeconds(1));
            p.Restart();
            var again = p.Repeat();
            Must(again.Status?.Result is not (null or 0), "not paid, or not confirmed", again);
            p.MustHold(again.Told.Receipt, 0, code);
        }),
        new("power: cut right after 80 00 00", Needs.Gateway | Needs.Restart | Needs.Time,
            "Compare receipt numbers: if 06 20 tells one that you know already, your order never began.", p =>
            {
                var (before, code) = (NewCode(), NewCode());
                var known = p.Run(Pay(Approved, before)).MustEnd(0).Told.Receipt;
                p.Start(Pay(Approved, code)).First.MustBe(0x8000);
                p.Restart();
                var again = p.Repeat();
                var isOther = again.Status?.Receipt != known;
                Must(!isOther || again.Status?.Result is not 0, $"receipt {known}, or not paid", again);
                p.MustBeCharged(code, 0);
                p.MustHold(known, Approved, before);
            }),
        new("power: a till that does not ask gives the sale up", Needs.Gateway | Needs.Restart | Needs.Time,
            "Ask with 06 20 before the next order; an order in its place returns what you have not acknowledged.", p =>
            {
                var (lost, next) = (NewCode(), NewCode());
                p.Run(Pay(Approved, lost), Cut(p, Status));
                p.MustHold(p.Run(Pay(Approved, next)).MustEnd(0).Told.Receipt, Approved, next);
                p.MustBeCharged(lost, 0);
            }),
    ];

    /// <summary>The sale is paid in the end, whatever broke: it was acknowledged, or still can be.</summary>
    static Case Stands(string name, int at, Reaction reaction, int times = 1, Needs needs = Needs.Nothing) => new(
        "recovery: " + name, Needs.Gateway | needs | NeedsOf(reaction), at == Status ? AskThenBook : StillPaid, p =>
        {
            var code = NewCode();
            var broken = p.Run(Pay(Approved, code), Reaction.On(at, reaction, times));
            Must(broken.Status is { Result: 0 }, "27 00", broken);
            var again = p.Repeat().MustEnd(0);
            Must(again.Told.Receipt == broken.Told.Receipt, $"receipt {broken.Told.Receipt}", again.Told.Receipt);
            p.MustHold(again.Told.Receipt, Approved, code);
        });

    /// <summary>The till never acknowledged 27 00, so the terminal must give the money back.</summary>
    static Case Falls(string name, Func<Func<Telegram, Reaction>> react, Needs needs = Needs.Nothing) => new(
        "recovery: " + name, Needs.Gateway | needs, AskThenBook, p =>
        {
            var code = NewCode();
            var broken = p.Run(Pay(Approved, code), react());
            Must(broken.Count(Completion) == 0, "no 06 0F for an approval that was not acknowledged", broken);
            var again = p.Repeat();
            Must(again.Status?.Result is not (null or 0), "not paid, or not confirmed", again);
            p.MustHold(again.Told.Receipt, 0, code);
        });

    static Case Declined(string name, Func<Func<Telegram, Reaction>> react, Needs needs = Needs.Nothing) => new(
        "recovery: " + name, Needs.Gateway | needs, "Not paid in any case.", p =>
        {
            var code = NewCode();
            p.Run(Pay(1250, code), react());
            p.MustHold(p.Repeat().MustEnd(0x71).Told.Receipt, 0, code);
        });

    static Case Power(string when, int at) => new(
        $"power: cut {when}", Needs.Gateway | Needs.Restart | Needs.Time, AskThenBook, p =>
        {
            var code = NewCode();
            p.Run(Pay(Approved, code), Cut(p, at));
            p.MustHold(p.Repeat().MustEnd(0).Told.Receipt, Approved, code);
        });

    static Func<Telegram, Reaction> Cut(Probe p, int at) => message =>
    {
        if (message.Command != at)
        {
            return Reaction.Yes;
        }
        p.Restart();
        return new Reaction.Leave();
    };

    static Func<Telegram, Reaction> AfterBlock()
    {
        var hasCome = false;
        return message =>
        {
            if (hasCome)
            {
                return new Reaction.Deaf();
            }
            hasCome = message.Command == Status;
            return hasCome ? new Reaction.Mute() : Reaction.Yes;
        };
    }

    static Needs NeedsOf(Reaction reaction) => reaction is Reaction.Nak or Reaction.Deaf ? Needs.Serial : Needs.Nothing;
}
