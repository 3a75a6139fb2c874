using Terminal.Checkout;
using Terminal.Payments;
using Terminal.Payments.Orders;

namespace Terminal.Tests.Checkout;

/// <summary>
/// Both links at once: writes down what was asked of them, and how far the journal was at that moment.
/// </summary>
sealed class RecordedLinks : IEcr, IAcquirer
{
    readonly List<string> said = [];

    /// <summary>What left, in order, such as "charge@1": the number is the newest entry it was proved by.</summary>
    public IReadOnlyList<string> Said => said;

    public PaymentId LastPayment { get; private set; }

    public TimeSpan? Expiry => null;

    public Stamp? SignedTime { get; set; }

    public void Charge(Durable requested, Effect.Charge charge)
    {
        LastPayment = charge.Sale.Id;
        said.Add($"charge@{requested.Sequence}");
    }

    public void Query(Effect.Query query) => said.Add($"query {query.Question}");

    public void Cancel(Durable requested, Effect.Cancel cancel) => said.Add($"cancel@{requested.Sequence}");

    public void Refund(Durable started, Effect.Refund refund) => said.Add($"refund@{started.Sequence}");

    public void QueryRefund(Effect.QueryRefund query) => said.Add("query refund");

    public void Approve(Durable offered, Effect.Offer offer) => said.Add($"approve@{offered.Sequence}");

    public void Tell(Effect.Offer offer) => said.Add($"tell {offer.Outcome.GetType().Name}");

    public void Complete(Durable acknowledged, Effect.Complete complete) =>
        said.Add($"complete@{acknowledged.Sequence}");

    public void Close(Effect.Close close) => said.Add($"close {close.Outcome.GetType().Name}");

    /// <summary>The newest refusal.</summary>
    public Refusal? Refused { get; private set; }

    public void Refuse(Refusal refusal)
    {
        Refused = refusal;
        said.Add($"refuse {refusal.Reason}");
    }

    public void Report(Effect.Report report) =>
        said.Add($"report {report.Closing.Totals.Sales}");

    public void Show(Effect.Progress progress)
    {
    }
}
