using Terminal.Payments.Answers;
using Terminal.Payments.Charges;
using Terminal.Payments.Orders;
using static Terminal.Payments.Answers.DeliveryState;
using static Terminal.Payments.Charges.PaymentState;

namespace Terminal.Payments;

/// <summary>
/// Rebuilds the states from the journal: each fact moves a transaction to the state where it would rest.
/// </summary>
static class Recovery
{
    /// <summary>The transaction after <paramref name="fact"/>; null before it began.</summary>
    public static Transaction? Apply(Transaction? t, Fact fact) => (t, fact) switch
    {
        (null, Fact.Requested f) => new(
            new Interrupted(f.Sale, CancelCause.Restarted, InterruptedAt.Requested),
            new Told(new Outcome.NotConfirmed())),
        (null, Fact.Ordered f) => new(
            new Created(f.Sale), new Told(new Outcome.Rejected(new(NotPaidReason.Restarted)))),
        ({ Payment: Created }, Fact.Requested) => Apply((Transaction?)null, fact),
        (null, Fact.ReturnRequested f) => new(new Returning(f.Return), new Told(new Outcome.NotConfirmed())),
        (null, Fact.PeriodClosed f) => new(new Done(f.Closing), new Told(new Outcome.NotConfirmed())),
        (null, _) => null,
        ({ Order: not Sale }, _) => ApplyToFirm(t, fact),
        (_, Fact.Offered { Outcome: Outcome.Approved a }) => t with { Delivery = new Held(a, Moment.Never) },
        (_, Fact.Offered f) => t with { Delivery = new Told(f.Outcome) },
        ({ Delivery: Held held }, Fact.Acknowledged f) => new(
            f.Delivered is { } part ? InPart(t.Payment, part) : t.Payment, new Acknowledged(held.Outcome)),
        ({ Delivery: Acknowledged told }, Fact.Completed) => t with { Delivery = new Completed(told.Outcome) },
        (_, Fact.Withdrawn) => t with { Delivery = new Withdrawn(Known: false) },
        ({ Order: Sale sale }, _) => t with { Payment = Apply(t.Payment, sale, fact) },
    };

    /// <summary>When the ECR acknowledged only a part, the rest is owed.</summary>
    static PaymentState InPart(PaymentState s, long delivered) => s is Paid p && delivered < p.Sale.Amount.Minor
        ? Repayment.DrawRest(p.Sale with { Delivered = delivered }, p.GatewayId).State
        : s;

    /// <summary>For orders that no answer of the ECR takes back: returns and end-of-days.</summary>
    static Transaction ApplyToFirm(Transaction t, Fact fact) => fact switch
    {
        Fact.Returned => t with { Payment = new Done(t.Order) },
        Fact.NotReturned f => t with { Payment = new Failed(t.Order, f.Why) },
        Fact.Offered f => t with { Delivery = new Told(f.Outcome) },
        Fact.Acknowledged when t.Outcome is Outcome.Approved done => t with { Delivery = new Acknowledged(done) },
        Fact.Completed when t.Outcome is Outcome.Approved done => t with { Delivery = new Completed(done) },
        _ => t,
    };

    static PaymentState Apply(PaymentState s, Sale sale, Fact fact) => fact switch
    {
        Fact.Paid f => new Paid(sale, f.GatewayId, 0),
        Fact.Failed { ToCheck: true } f => new Declined.Unchecked(sale, f.Why, 0, Moment.Never),
        Fact.Failed f => new Failed(sale, f.Why),
        Fact.DeclineChecked when s is Declined d => new Failed(d.Sale, d.Why),
        Fact.Cancelling f => new Interrupted(sale, f.Cause, InterruptedAt.Cancelling),
        Fact.CancelAcknowledged when s is Interrupted i => i with { At = InterruptedAt.CancelAcknowledged },
        Fact.CancelAnswered when s is Interrupted i => i with { At = InterruptedAt.Cancelling },
        Fact.Cancelled f => new Cancelled(sale, f.Why),
        Fact.RefundDue f => new Interrupted(sale, f.Cause, InterruptedAt.RefundDue),
        Fact.RefundStarted f => new Refunding.Pausing(sale, f.Plan, f.Id, default),
        Fact.RefundSettled f => Repayment.Settled(sale, f.Plan),
        Fact.NeedsAttention f => new NeedsAttention(sale, f.Why, f.Problem)
        {
            Rest = Repayment.PlanOf(s) is { IsOfRest: true } plan ? plan : null,
        },
        Fact.RefundRefused f => Repayment.Kept(sale, f.Plan),
        Fact.Resolved f => Payment.Resolved(s, sale, f.By),
        _ => s,
    };
}
