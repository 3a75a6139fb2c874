using Sandbox.Simulation.Model;
using Terminal.Checkout;
using Terminal.Payments;
using Terminal.Payments.Answers;
using Terminal.Payments.Orders;

namespace Sandbox.Simulation.Peers;

/// <summary>The till at message level, with the terminal's end of the line: no byte is moved.</summary>
sealed class TillPeer(World world) : TillEnd(world), IEcr
{
    readonly List<TillCall> calls = [];

    /// <summary>What the terminal works on, the till has forgotten; 06 20 takes it over.</summary>
    bool isCutOff;

    public override bool HasCalls => calls.Exists(c => c.IsOpen);

    public override IEcr Connect() => this;

    public override void Order(OrderPage page, bool stale) => Give(page.Errand switch
    {
        Errand.Sale => Instruction(page, page.Minor, stale),
        Errand.Close => new Arrival.CloseInstructed { Mirror = ToldBy(page) },
        _ => new Arrival.ReturnInstructed(Request(page)) { Mirror = ToldBy(page) },
    });

    public override void AskTotals() => Give(new Arrival.TotalsAsked());

    public override void Repeat()
    {
        if (isCutOff && World.Box.IsPaying)
        {
            isCutOff = false; // The result will be the answer.
            return;
        }
        Give(new Arrival.RepeatAsked());
    }

    public override void Abort() => Feed(new DeskInput.AbortAsked());

    public override void Probe(OrderPage other) => Clerk.Aside(() => Feed(
        new Arrival.Instructed(new(other.Minor, Currency.Eur), Clerk.CodeOf(other)) { Mirror = ToldBy(other) }));

    public override void Reuse(OrderPage before) => Clerk.Aside(() => Feed(
        new Arrival.Instructed(new(Clerk.Amount(before.Minor + 1), Currency.Eur), Clerk.CodeOf(before))
        {
            Mirror = ToldBy(before),
        }));

    // What the terminal says.

    public void Approve(Durable offered, Effect.Offer offer)
    {
        World.Box.Point();
        World.Books.Approves(offer.Order.Id.Value, offer.Order.Worth.Minor, IsUp);
        Offer(offer, "approved");
        World.Box.Point();
    }

    public void Tell(Effect.Offer offer)
    {
        World.Box.Point();
        var outcome = offer.Outcome is Outcome.Rejected ? "not paid" : "not confirmed";
        World.Books.Tells(offer.Order.Id.Value, outcome, IsUp);
        Offer(offer, outcome);
        World.Box.Point();
    }

    public void Complete(Durable acknowledged, Effect.Complete complete)
    {
        World.Box.Point();
        World.Books.Completes(complete.Payment.Value);
        var page = World.Books.Page(complete.Payment.Value);
        World.Trace?.Terminal(World.Now, $"{page} -> 06 0F");
        End(page, TillClerk.Completed);
        World.Box.Point();
    }

    public void Close(Effect.Close close)
    {
        World.Box.Point();
        var page = World.Books.Page(close.Payment.Value);
        page.ToldNotPaid |= close.Outcome is not Outcome.Approved;
        World.Trace?.Terminal(World.Now, $"{page} -> 06 1E");
        End(page, TillClerk.Terminated);
        World.Box.Point();
    }

    public void Refuse(Refusal refusal)
    {
        World.Box.Point();
        World.Books.Refuses(refusal.Reason.ToString());
        Clerk.Refused(refusal.Reason.ToString());
        World.Box.Point();
    }

    public void Report(Effect.Report report)
    {
        World.Box.Point();
        World.Trace?.Terminal(World.Now, "-> 04 0F, 06 0F: totals");
        World.Books.Period.Tells(TillClerk.SumsOf(report));
        Clerk.Reported();
        World.Box.Point();
    }

    public void Show(Effect.Progress progress)
    {
        World.Box.Point();
        Clerk.Shown(progress);
        if (progress.Proves is { } order && !World.Hits(Fault.TillSilent, World.Till.Current))
        {
            Later(() => Feed(new DeskInput.TillThere(order)), World.Dice.Seconds(0.005, 0.3));
        }
        World.Box.Point();
    }

    protected override void Opened(int boot) => World.Box.Feed(boot, new DeskInput.LinkReady());

    /// <summary>As the session does it: what it cannot tell any more it says at once.</summary>
    protected override void Register()
    {
        isCutOff = true;
        foreach (var call in calls)
        {
            call.Break(EcrAnswer.Restarted);
        }
        calls.Clear();
        Feed(new DeskInput.TillGone());
        isCutOff = World.Box.IsPaying;
    }

    protected override void Closed()
    {
        isCutOff = false;
        foreach (var call in calls)
        {
            call.Break();
        }
        calls.Clear();
        var boot = World.Box.Boot;
        World.Agenda.After(TimeSpan.Zero, () => World.Box.Feed(boot, new DeskInput.TillGone()));
    }

    Arrival.Instructed Instruction(OrderPage page, long minor, bool stale) =>
        new(new(minor, Currency.Eur), page.OwnScanner ? null : Clerk.CodeOf(page, stale))
        {
            Mirror = ToldBy(page),
            HearsProgress = World.Agreement.HearsProgress,
        };

    Mirror? ToldBy(OrderPage page) =>
        World.Agreement.ToldBy(page) is { } receipt ? new(receipt == 0 ? null : receipt) : null;

    static ReturnRequest Request(OrderPage page) => new(
        page.Errand == Errand.Reversal ? ReturnKind.Reversal : ReturnKind.Refund,
        page.ByReference ? null : page.Of!.Receipt,
        page.ByReference ? new(page.Of!.Id) : null,
        page.NamesAmount ? new(page.Minor, Currency.Eur) : null);

    void Offer(Effect.Offer offer, string outcome)
    {
        var page = World.Books.Page(offer.Order.Id.Value);
        World.Trace?.Terminal(World.Now, $"{page} -> 04 0F {outcome}{(IsUp ? "" : " (line down)")}");
        var call = Call(
            page, a => new DeskInput.Answered(offer.Order.Id, a), isUnconfirmed: offer.Outcome is Outcome.NotConfirmed);
        if (IsUp && !isCutOff)
        {
            Mind.Take(call, outcome == "approved");
        }
        else
        {
            isCutOff = false;
            call.Break(IsUp ? EcrAnswer.Restarted : EcrAnswer.LineDown);
        }
    }

    void End(PaymentPage page, Action<PaymentPage> hear)
    {
        var call = Call(page, a => new DeskInput.Closed(new(page.Id), a == EcrAnswer.Acknowledged));
        if (IsUp)
        {
            Mind.TakeEnd(call, hear);
        }
        else
        {
            call.Break();
        }
    }

    TillCall Call(PaymentPage page, Func<EcrAnswer, LoopInput> reply, bool isUnconfirmed = false)
    {
        calls.RemoveAll(c => !c.IsOpen);
        var call = new TillCall(World, page, reply) { IsUnconfirmed = isUnconfirmed };
        calls.Add(call);
        return call;
    }

    void Give(LoopInput command)
    {
        isCutOff &= World.Box.IsPaying;
        Feed(command);
    }

    void Feed(LoopInput input) => World.Box.Feed(World.Box.Boot, input);
}
