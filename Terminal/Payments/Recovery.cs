using Terminal.Payments.Answers;
using Terminal.Payments.Charges;
using Terminal.Payments.Orders;
using static Terminal.Payments.Answers.DeliveryState;
using static Terminal.Payments.Charges.PaymentState;

namespace Terminal.Payments;

/// <summary>From the journal back to states: each fact moves a transaction to where it would rest.</summary>
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
        (null, Fact.ReturnRequested f) => new(new Returning(f.Sale), new Told(new Outcome.NotConfirmed())),
        (null, Fact.PeriodClosed f) => new(new Done(f.Sale), new Told(new Outcome.NotConfirmed())),
        (null, _) => null,
        ({ Payment.Sale.Instruction: not Instruction.Authorisation }, _) => ApplyToFirm(t, fact),
        (_, Fact.Offered { Outcome: Outcome.Approved a }) => t with { Delivery = new Held(a, Moment.Never) },
        (_, Fact.Offered f) => t with { Delivery = new Told(f.Outcome) },
        ({ Delivery: Held held }, Fact.Acknowledged f) => new(
            f.Delivered is { } part ? InPart(t.Payment, part) : t.Payment, new Acknowledged(held.Outcome)),
        ({ Delivery: Acknowledged told }, Fact.Completed) => t with { Delivery = new Completed(told.Outcome) },
        (_, Fact.Withdrawn) => t with { Delivery = new Withdrawn(Known: false) },
        _ => t with { Payment = Apply(t.Payment, fact) },
    };

    /// <summary>With the acknowledgement of a part the rest is owed.</summary>
    static PaymentState InPart(PaymentState s, long delivered) => s is Paid p && delivered < s.Sale.Amount.Minor
        ? Repayment.DrawRest(p.Sale with { Delivered = delivered }, p.GatewayId).State
        : s;

    /// <summary>What no answer of the ECR takes back: a return, an end-of-day.</summary>
    static Transaction ApplyToFirm(Transaction t, Fact fact) => fact switch
    {
        Fact.Returned => t with { Payment = new Done(t.Sale) },
        Fact.NotReturned f => t with { Payment = new Failed(t.Sale, f.Why) },
        Fact.Offered f => t with { Delivery = new Told(f.Outcome) },
        Fact.Acknowledged when t.Outcome is Outcome.Approved done => t with { Delivery = new Acknowledged(done) },
        Fact.Completed when t.Outcome is Outcome.Approved done => t with { Delivery = new Completed(done) },
        _ => t,
    };

    static PaymentState Apply(PaymentState s, Fact fact) => fact switch
    {
        Fact.Paid f => new Paid(s.Sale, f.GatewayId, 0),
        Fact.Failed { ToCheck: true } f => new Declined.Unchecked(s.Sale, f.Why, 0, Moment.Never),
        Fact.Failed f => new Failed(s.Sale, f.Why),
        Fact.DeclineChecked when s is Declined d => new Failed(d.Sale, d.Why),
        Fact.Cancelling f => new Interrupted(s.Sale, f.Cause, InterruptedAt.Cancelling),
        Fact.CancelAcknowledged when s is Interrupted i => i with { At = InterruptedAt.CancelAcknowledged },
        Fact.CancelAnswered when s is Interrupted i => i with { At = InterruptedAt.Cancelling },
        Fact.Cancelled f => new Cancelled(s.Sale, f.Why),
        Fact.RefundDue f => new Interrupted(s.Sale, f.Cause, InterruptedAt.RefundDue),
        Fact.RefundStarted f => new Refunding.Pausing(s.Sale, f.Plan, f.Id, default),
        Fact.RefundSettled f => Repayment.Settled(s.Sale, f.Plan),
        Fact.NeedsAttention f => new NeedsAttention(s.Sale, f.Why, f.Problem)
        {
            Rest = Repayment.PlanOf(s) is { IsOfRest: true } plan ? plan : null,
        },
        Fact.RefundRefused f => Repayment.Kept(s.Sale, f.Plan),
        Fact.Resolved f => Payment.Resolved(s, f.By),
        _ => s,
    };
}
