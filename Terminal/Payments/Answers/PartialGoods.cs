using Terminal.Payments.Charges;
using Terminal.Payments.Orders;
using static Terminal.Payments.Charges.PaymentState;

namespace Terminal.Payments.Answers;

/// <summary>84 9D: the ECR issued a part of the goods. That part stays sold, the rest of the money goes back.</summary>
static class PartialGoods
{
    /// <summary>
    /// Turns 84 9D into what it comes to: acknowledged if all was issued, in part if a part can stand, else refused.
    /// </summary>
    public static DeliveryInput Weigh(DeliveryInput input, Order order) =>
        input is not DeliveryInput.Answered { Answer: EcrAnswer.InPart } answer ? input : answer with
        {
            Answer = order is not Sale sale ? EcrAnswer.Refused
                : answer.Delivered == sale.Worth.Minor ? EcrAnswer.Acknowledged
                : IsPart(answer.Delivered, sale) && !sale.IsIndivisible ? EcrAnswer.InPart
                : EcrAnswer.Refused,
        };

    /// <summary>A part was issued, but all of the money goes back because the wallet returns no part.</summary>
    public static bool FailsAtWallet(DeliveryInput input, Order order) =>
        order is Sale { IsIndivisible: true } sale && input is DeliveryInput.Answered e && IsPart(e.Delivered, sale);

    /// <summary>The refund for goods that were not delivered.</summary>
    public static RefundPlan Rest(Sale sale, string gatewayId) =>
        new(gatewayId, sale.Amount.Minor - sale.Worth.Minor, 0, new(NotPaidReason.NotDelivered));

    /// <summary>
    /// Nothing of the amount that the ECR accepted is back or on its way, so one order may still return all of it.
    /// </summary>
    public static bool IsIntact(PaymentState state) => state switch
    {
        Paid => true,
        PartiallyRefunded { Sale.Delivered: { } part } s => s.Returned == s.Sale.Amount.Minor - part,
        _ => Repayment.PlanOf(state) is { IsOfRest: true },
    };

    static bool IsPart(long delivered, Sale sale) => delivered > 0 && delivered < sale.Worth.Minor;
}
