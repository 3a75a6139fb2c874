using Terminal.Payments;
using Terminal.Payments.Charges;
using Terminal.Payments.Orders;

namespace Terminal.Tests.Payments;

/// <summary>
/// One captured payment at a gateway that tells the truth, some time after it was asked. Keeps what it was asked.
/// </summary>
sealed class TruthfulGateway(bool tooLateToCancel, bool refusesRefunds)
{
    readonly Dictionary<RefundId, long> refunds = [];
    bool cancelled;

    public long Captured => cancelled ? 0 : Some.Amount.Minor - refunds.Values.Sum();

    /// <summary>What the effect does to the money, and the answer; null if it is no call of the gateway.</summary>
    public PaymentInput? Take(Effect effect)
    {
        switch (effect)
        {
            case Effect.Query e:
                return new PaymentInput.Inquired(e.Question, cancelled ? Some.Cancelled : Some.Success());
            case Effect.Cancel e:
                cancelled |= !tooLateToCancel;
                return new PaymentInput.CancelAnswered(
                    e.Attempt, tooLateToCancel ? Some.WindowExceeded : Some.Accepted);
            case Effect.Refund e when refusesRefunds:
                return new PaymentInput.RefundAnswered(e.Id, Some.Refused);
            case Effect.Refund e:
                Assert.False(refunds.TryGetValue(e.Id, out var before) && before != e.Amount.Minor);
                refunds[e.Id] = e.Amount.Minor;
                return new PaymentInput.RefundAnswered(e.Id, Some.Accepted);
            case Effect.QueryRefund e:
                return new PaymentInput.RefundInquired(e.Id, refunds.ContainsKey(e.Id) ? Some.Accepted : Some.NotFound);
            default: return null;
        }
    }
}
