using Terminal.Payments;
using Terminal.Payments.Answers;
using Terminal.Payments.Charges;
using Terminal.Payments.Orders;

namespace Terminal.Tests.Payments;

/// <summary>
/// Plays a story to the desk: passes every wake-up in between, keeps what it wanted done and what is durable.
/// </summary>
sealed class Rehearsal(Policy? policy = null)
{
    readonly Desk desk = new(policy ?? Policy.Default);
    readonly List<Effect.Record> journal = [];

    public DeskState State { get; private set; } = DeskState.Empty;

    public Moment Now { get; private set; } = Some.At(0);

    /// <summary>Every effect so far, with its second.</summary>
    public List<(double Second, Effect Effect)> Done { get; } = [];

    /// <summary>As the journal has it, when it is no longer open.</summary>
    public Transaction Sale => Find(Some.Id)!;

    public Transaction? Find(PaymentId id) => State.Find(id) ?? Replay(id);

    public static Rehearsal Begun(Policy? policy = null) => new Rehearsal(policy).Order(Some.Order(Some.Code()));

    /// <summary>Approved in a second and offered to the ECR.</summary>
    public static Rehearsal Offered(Policy? policy = null) => Begun(policy).At(1).Pay(Some.Success());

    /// <summary>Not answered in time: the first cancel is out, nothing is told yet.</summary>
    public static Rehearsal Cancelling(Policy? policy = null) => Begun(policy).At(25);

    /// <summary>Lets time pass up to this second, waking the desk whenever it asked for it.</summary>
    public Rehearsal At(double seconds)
    {
        for (var wakes = 0; State.WakeAt <= Some.At(seconds); wakes++)
        {
            Assert.True(wakes < 10_000, "the desk does not come to rest");
            Now = Moment.Latest(Now, State.WakeAt);
            Give(new DeskInput.TimePassed());
        }
        Now = Some.At(seconds);
        return this;
    }

    /// <summary>The loop was held up: it wakes once, at this second.</summary>
    public Rehearsal Stall(double seconds)
    {
        Now = Some.At(seconds);
        return Give(new DeskInput.TimePassed());
    }

    public Rehearsal Order(SaleOrder order) => Give(new DeskInput.Ordered(order));

    /// <summary>Orders the money of <see cref="Sale"/> back.</summary>
    public Rehearsal Return(ReturnKind kind, long? minor = null, PaymentId? id = null)
    {
        var amount = minor is { } cents ? Some.Amount with { Minor = cents } : Some.Return(kind).Amount;
        return Give(new DeskInput.ReturnOrdered(new(
            new(kind, 7, null, amount), Some.Numbers(id ?? Some.ReturnId), Find(Some.Id), Find(Some.ReturnId),
            InPeriod: true)));
    }

    public Rehearsal Scan(PaymentCode code, Transaction? earlier = null) => Give(new DeskInput.Scanned(code, earlier));

    public Rehearsal Pay(GatewayAnswer answer) => Happen(new PaymentInput.PayAnswered(answer));

    /// <summary>Answers a question, the newest if it is not said which.</summary>
    public Rehearsal Inquiry(GatewayAnswer answer, int question = 0) =>
        Happen(new PaymentInput.Inquired(question == 0 ? All<Effect.Query>()[^1].Question : question, answer));

    public Rehearsal Cancel(GatewayAnswer answer, int attempt = 0) =>
        Happen(new PaymentInput.CancelAnswered(attempt == 0 ? All<Effect.Cancel>()[^1].Attempt : attempt, answer));

    public Rehearsal Refund(GatewayAnswer answer) =>
        Happen(new PaymentInput.RefundAnswered(All<Effect.Refund>()[^1].Id, answer));

    public Rehearsal RefundInquiry(GatewayAnswer answer) =>
        Happen(new PaymentInput.RefundInquired(All<Effect.QueryRefund>()[^1].Id, answer));

    public Rehearsal Ecr(EcrAnswer answer) => Give(new DeskInput.Answered(Some.Id, answer));

    /// <summary>84 9D: the goods were issued for so much.</summary>
    public Rehearsal Delivers(long minor) =>
        Give(new DeskInput.Answered(Some.Id, EcrAnswer.InPart) { Delivered = minor });

    public Rehearsal Draw(RefundId id) => Happen(new PaymentInput.RefundIdDrawn(id));

    public Rehearsal Closed(bool acknowledged = true) => Give(new DeskInput.Closed(Some.Id, acknowledged));

    public Rehearsal Repeat() => Give(new DeskInput.RepeatAsked());

    public Rehearsal Abort() => Give(new DeskInput.AbortAsked());

    public Rehearsal Link() => Give(new DeskInput.LinkReady());

    public Rehearsal Happen(PaymentInput input) => Give(new DeskInput.Happened(Some.Id, input));

    /// <summary>Power loss: only what was recorded comes back.</summary>
    public Rehearsal Restart()
    {
        var all = journal.Select(r => r.Payment).Distinct().Select(Replay).OfType<Transaction>().ToList();
        var newest = all.LastOrDefault()?.Order.Id;
        State = new(new LaneState.Idle(), [.. all.Where(t => !t.IsClosed || t.Order.Id == newest)], newest);
        return Give(new DeskInput.Started());
    }

    Transaction? Replay(PaymentId id) =>
        journal.Where(r => r.Payment == id).Select(r => r.Fact).Aggregate((Transaction?)null, Recovery.Apply);

    public Rehearsal Give(DeskInput input)
    {
        var (next, effects) = desk.Next(State, input, Now);
        State = next;
        journal.AddRange(effects.OfType<Effect.Record>());
        Done.AddRange(effects.Select(e => (TimeSpan.FromTicks(Now.Ticks).TotalSeconds, e)));
        return this;
    }

    public List<T> All<T>() where T : Effect => [.. Done.Select(d => d.Effect).OfType<T>()];

    public List<double> Seconds<T>() where T : Effect => [.. Done.Where(d => d.Effect is T).Select(d => d.Second)];

    /// <summary>The outcomes that left for the ECR, in order.</summary>
    public List<Outcome> Told => [.. All<Effect.Offer>().Select(o => o.Outcome)];

    /// <summary>What was recorded, by name, in order.</summary>
    public List<string> Recorded => RecordedOf(Some.Id);

    public List<string> RecordedOf(PaymentId id) =>
        [.. journal.Where(r => r.Payment == id).Select(r => r.Fact.GetType().Name)];

    /// <summary>The kinds of effects at one second, in order.</summary>
    public List<string> Kinds(double second) =>
        [.. Done.Where(d => d.Second == second).Select(d => d.Effect.GetType().Name)];

    public void AssertNotTold<T>() where T : Outcome => Assert.DoesNotContain(Told, o => o is T);
}
