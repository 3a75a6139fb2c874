using Terminal.Payments.Answers;
using Terminal.Payments.Charges;
using static Terminal.Payments.Answers.DeliveryState;
using static Terminal.Payments.Charges.PaymentState;

namespace Terminal.Payments.Orders;

/// <summary>
/// The rules for reversals, refunds and end-of-days: which may begin, and which repeat an earlier one.
/// </summary>
static class Returns
{
    /// <summary>
    /// The earlier return that this order repeats: one whose 06 0F the ECR did not acknowledge. An ECR that books only
    /// on 06 0F orders the same again, even after it acknowledged 04 0F; that is never a second return.
    /// </summary>
    public static Transaction? RepeatedBy(ReturnOrder order) =>
        order.Rivals.Count == 0 &&
        order.Earlier is { Order: Return was, Payment: Returning or Done } earlier &&
        earlier.Delivery is not Completed && was is Reversal == order.Request.Kind is ReturnKind.Reversal &&
        was.Amount == order.Amount
            ? earlier
            : null;

    /// <summary>
    /// The end-of-day that this order repeats: its own 04 0F and 06 0F were not both acknowledged. An ECR that asks
    /// 06 20 in between may still want the totals in answer to its 06 50.
    /// </summary>
    public static Transaction? RepeatedBy(DeskInput.CloseOrdered order) =>
        order.Earlier is { Delivery: not Completed } earlier ? earlier : null;

    /// <summary>Why nothing may be returned; null if the return may begin.</summary>
    public static Refusal? ObjectionTo(ReturnOrder order) => order switch
    {
        { Rivals: [_, ..] rivals, Original: { Order: Sale } original } => OfMany(order, [original, .. rivals]),
        { InPeriod: false, Request.Reference: null, Original: { Order: Sale sale } original } =>
            OfClosedPeriod(order, original, sale),
        { Original: { Order: Sale sale } original } => ObjectionTo(order, original, sale),
        _ => new(RefusalReason.ReceiptUnknown, order.Request.Receipt ?? 0),
    };

    /// <summary>The return that the order begins if there is no objection.</summary>
    public static Return Begin(ReturnOrder order, Transaction original)
    {
        var gatewayId = original.Outcome is Outcome.Approved paid ? paid.GatewayId : "";
        var (id, receipt, trace) = (original.Order.Id, original.Order.Receipt, original.Order.Trace);
        return Return.New(order.Request.Kind, order.Numbers, order.Amount, new(id, gatewayId, receipt, trace));
    }

    static Refusal OfMany(ReturnOrder order, Transaction[] candidates) =>
        new(order.InPeriod ? RefusalReason.ReceiptAmbiguous : RefusalReason.PeriodClosed, candidates[0].Order.Receipt)
        {
            Candidates = [.. candidates.Select(t => t.Order).OfType<Sale>()],
        };

    /// <summary>The refusal names the sale's reference only where a refund by that reference may begin.</summary>
    static Refusal OfClosedPeriod(ReturnOrder order, Transaction original, Sale sale) =>
        ObjectionTo(order, original, sale) is
        {
            Reason: RefusalReason.AlreadyReturned or RefusalReason.ReturnUnderWay or RefusalReason.ReturnNeedsPerson,
        } objection
            ? objection
            : new(RefusalReason.PeriodClosed, sale.Receipt) { Candidates = [sale] };

    static Refusal? ObjectionTo(ReturnOrder order, Transaction original, Sale sale)
    {
        var all = order.Request.Kind == ReturnKind.Reversal;
        var receipt = sale.Receipt;
        return (original.Payment, original.Delivery) switch
        {
            (Paid, Acknowledged or Completed) => Limit(order, sale.Amount),
            (PartiallyRefunded s, Acknowledged or Completed) when all && PartialGoods.IsIntact(s) =>
                Limit(order, s.Sale.Worth),
            // The ECR reverses a payment that it never acknowledged: it does not want it, so the money goes back.
            (Paid, Held) when all => Limit(order, sale.Amount),
            // Until the ECR knows of the refund before, this order could be that refund again.
            (PartiallyRefunded, _) when !all && order.Earlier is
            { Payment: Done, Delivery: not Completed } =>
                new(RefusalReason.NotReturnable, receipt),
            (PartiallyRefunded s, _) when !all =>
                Limit(order, s.Sale.Amount with { Minor = s.Sale.Amount.Minor - s.Returned }),
            (PartiallyRefunded or Paid, _) => new(RefusalReason.NotReturnable, receipt),
            (Refunding s, _) when Repayment.PlanOf(s) is { IsOrdered: true } =>
                new(RefusalReason.ReturnUnderWay, receipt),
            // The sale was approved once, so by now the money is back or on its way.
            (Cancelled or Refunded or Failed, Acknowledged or Completed or Withdrawn) =>
                new(RefusalReason.AlreadyReturned, receipt),
            (NeedsAttention, Acknowledged or Completed or Withdrawn) => new(RefusalReason.ReturnNeedsPerson, receipt),
            (_, Acknowledged or Completed or Withdrawn) => new(RefusalReason.ReturnUnderWay, receipt),
            _ => new(RefusalReason.NotReturnable, receipt),
        };
    }

    static Refusal? Limit(ReturnOrder order, Money most)
    {
        var asked = order.Amount;
        var isRight = order.Request.Kind == ReturnKind.Reversal
            ? asked == most
            : asked.Currency == most.Currency && asked.Minor > 0 && asked.Minor <= most.Minor;
        return isRight ? null : new(RefusalReason.ReturnAmount, order.Original!.Order.Receipt) { Most = most };
    }

    /// <summary>What a record of the payment means for the return that waits for it; null: nothing yet.</summary>
    public static Fact? Verdict(Fact ofPayment) => ofPayment switch
    {
        Fact.Cancelled or Fact.Failed or Fact.RefundSettled => new Fact.Returned(),
        Fact.RefundRefused f => new Fact.NotReturned(f.Why),
        Fact.Resolved f => new Fact.NotReturned(new(NotPaidReason.Resolved, f.By)),
        _ => null,
    };
}
