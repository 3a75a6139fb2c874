using Terminal.Payments;
using Terminal.Payments.Answers;
using Terminal.Payments.Charges;
using Terminal.Payments.Orders;

namespace Sandbox.PowerCut;

/// <summary>Payments that end differently, as the commits that the service makes of them.</summary>
static class CutStory
{
    public static readonly Stamp At = new(1_767_323_045_000);

    public static IEnumerable<IReadOnlyList<Effect.Record>[]> Payments(int count, ulong seed) =>
        Enumerable.Range(1, count).Select(n => Payment(n, seed));

    public static IReadOnlyList<Effect.Record>[] Payment(int n, ulong seed)
    {
        var id = new PaymentId($"S{seed:D12}P{n:D12}");
        var sale = new Sale(
            id, ((n - 1) % 9999) + 1, n, new(1000 + n, Currency.Eur), $"{seed:x16}{n:x16}", At,
            TimeSpan.FromMinutes(1));
        Effect.Record Record(Fact fact) => new(id, fact);
        var requested = Record(new Fact.Requested(sale));
        return (n % 3) switch
        {
            1 =>
            [
                [requested],
                [Record(new Fact.Paid($"G{n}")), Record(new Fact.Offered(new Outcome.Approved($"G{n}")))],
                [Record(new Fact.Acknowledged())],
                [Record(new Fact.Completed())],
            ],
            2 =>
            [
                [requested],
                [Record(new Fact.Cancelling(CancelCause.NoAnswer))],
                [Record(new Fact.CancelAcknowledged()), Rejected(id, NotPaidReason.NoAnswer)],
                [Record(new Fact.Cancelled(new(NotPaidReason.NoAnswer)))],
            ],
            _ =>
            [
                [requested],
                [Record(new Fact.Failed(new(NotPaidReason.Refused))), Rejected(id, NotPaidReason.Refused)],
            ],
        };
    }

    static Effect.Record Rejected(PaymentId id, NotPaidReason why) =>
        new(id, new Fact.Offered(new Outcome.Rejected(new(why))));
}
