using System.Collections.Immutable;
using Terminal.Payments.Answers;
using Terminal.Payments.Charges;
using Terminal.Payments.Orders;

namespace Terminal.Payments;

/// <summary>All that is open: the lane, the transactions that are not finished, and the newest one.</summary>
/// <param name="Newest">The transaction that 06 20 repeats; it stays here after it closed.</param>
sealed record DeskState(LaneState Lane, ImmutableList<Transaction> Open, PaymentId? Newest)
{
    public static readonly DeskState Empty = new(new LaneState.Idle(), [], null);

    public Transaction? Find(PaymentId id) => Open.Find(t => t.Order.Id == id);

    public Transaction? FindByCode(string fingerprint) =>
        Open.FindLast(t => t.Order is Sale sale && sale.Fingerprint == fingerprint);

    public int Unresolved => Open.Count(t => t.IsUnresolved);

    /// <summary>How many unresolved payments have an ECR that no longer waits, and when the oldest began.</summary>
    public (int Count, Stamp? Oldest) InDoubt
    {
        get
        {
            var times = Open.Where(t => t.IsUnresolved && t.Delivery is not DeliveryState.Undecided)
                .Select(t => t.Order.At.UnixMilliseconds).ToList();
            return (times.Count, times.Count == 0 ? null : new Stamp(times.Min()));
        }
    }

    public Moment WakeAt
    {
        get
        {
            var wake = Lane.WakeAt;
            foreach (var t in Open)
            {
                wake = Moment.Earliest(wake, t.WakeAt);
            }
            return wake;
        }
    }
}

/// <summary>Lets the three machines talk to each other: one input in, every effect that follows out.</summary>
sealed class Desk(Policy policy)
{
    readonly Machines machines = new(policy, new(policy), new(policy), new(policy));

    public Transition<DeskState> Next(DeskState state, DeskInput input, Moment now)
    {
        var draft = new DeskDraft(machines, state, now);
        var other = new NonSaleOrders(draft);
        switch (input)
        {
            case DeskInput.TimePassed: draft.PassTime(); break;
            case DeskInput.Started: draft.Resume(); break;
            case DeskInput.Ordered e:
                draft.OtherCommand(e.Order);
                var unresolved = MayBeResend(draft.State, e.Order) ? int.MaxValue : draft.State.Unresolved;
                draft.Lane(new LaneInput.Ordered(draft.Current(e.Order), unresolved));
                break;
            case DeskInput.ReturnOrdered e: other.Return(e.Order, e.Mirror); break;
            case DeskInput.CloseOrdered e: other.ClosePeriod(e); break;
            case DeskInput.TotalsAsked e: other.Total(e); break;
            case DeskInput.Scanned e: draft.Lane(new LaneInput.Scanned(e.Code, e.Earlier)); break;
            case DeskInput.AbortAsked: draft.Abort(); break;
            case DeskInput.RepeatAsked e: other.Repeat(e); break;
            case DeskInput.Answered e:
                draft.Deliver(e.Payment, new DeliveryInput.Answered(e.Answer) { Delivered = e.Delivered });
                break;
            case DeskInput.Closed e: draft.Close(e.Payment, e.Acknowledged); break;
            case DeskInput.TillGone: draft.Lane(new LaneInput.TillGone()); break;
            case DeskInput.TillThere e: draft.Lane(new LaneInput.TillThere(e.Order)); break;
            case DeskInput.LinkReady: draft.DeliverAll(new DeliveryInput.LinkReady()); break;
            case DeskInput.Happened { What: PaymentInput.Resolved } e
                when state.Find(e.Payment) is { Delivery: DeliveryState.Held }:
                draft.Deliver(e.Payment, new DeliveryInput.TakenBack());
                break;
            case DeskInput.Happened e: draft.Pay(e.Payment, e.What); break;
        }
        return draft.Finish();
    }

    /// <summary>An order without its code may be a resend of the held approval that waits for a person (M1).</summary>
    bool MayBeResend(DeskState state, SaleOrder order) =>
        policy.HoldForPerson && order.Code is null && state.Open.Exists(t => t.Delivery is DeliveryState.Held);
}
