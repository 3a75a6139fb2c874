using Terminal.Payments;
using Terminal.Payments.Answers;
using Terminal.Payments.Charges;

namespace Terminal.Journal;

/// <summary>What the journal knows of one payment: its facts folded, and the head that this makes.</summary>
sealed record Known(Transaction Transaction, Head Head)
{
    /// <summary>What the gateway confirmed that it holds of it, in minor units.</summary>
    public long AtGateway { get; init; }

    /// <summary>The entry by which the ECR acknowledged the approval; 0: it did not, or it was taken back.</summary>
    public long Booked { get; init; }

    /// <summary>At the gateway, and in no total of the ECR.</summary>
    public long Unbooked => Booked == 0 ? AtGateway
        : Repayment.PlanOf(Transaction.Payment) is { IsOfRest: true } rest ? rest.Minor : 0;

    /// <summary>Replays a payment's entries, in order; null if they do not begin with its request.</summary>
    public static Known? Replay(IReadOnlyList<Entry> entries)
    {
        Known? known = null;
        foreach (var entry in entries)
        {
            known = After(known, FactCodec.Decode(entry), entry.Sequence);
        }
        return known;
    }

    /// <summary>Null while nothing was requested.</summary>
    public static Known? After(Known? before, Fact fact, long sequence)
    {
        if (Recovery.Apply(before?.Transaction, fact) is not { } t)
        {
            return null;
        }
        var first = before?.Head.FirstSequence ?? sequence;
        var known = new Known(
            t, new(t.Sale.Id.Value, t.Sale.Receipt, t.Sale.Fingerprint, !t.IsClosed, first, sequence))
        {
            AtGateway = before?.AtGateway ?? 0,
            Booked = before?.Booked ?? 0,
        };
        return fact switch
        {
            Fact.Acknowledged => known with { Booked = sequence },
            // What the ECR ordered back itself it has in its books, whatever number it mirrors later.
            Fact.Withdrawn when PartialGoods.IsIntact(t.Payment) => known with { Booked = 0 },
            _ => known with { AtGateway = known.Confirmed(fact) },
        };
    }

    /// <summary>A refund is started only on a signed success.</summary>
    long Confirmed(Fact fact) => fact switch
    {
        Fact.Paid => Transaction.Sale.Amount.Minor,
        Fact.RefundStarted f => Transaction.Sale.Amount.Minor - f.Plan.Returned,
        Fact.RefundSettled f => Transaction.Sale.Amount.Minor - f.Plan.Returned - f.Plan.Minor,
        Fact.Failed or Fact.Cancelled => 0,
        // A person's word stands in for the gateway's: it holds what the ECR's total says.
        Fact.Resolved when Transaction.Payment is PaymentState.PartiallyRefunded s =>
            Transaction.Sale.Amount.Minor - s.Returned,
        Fact.Resolved when Booked == 0 => 0,
        _ => AtGateway,
    };
}
