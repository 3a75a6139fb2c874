using Terminal.Payments.Answers;
using Terminal.Payments.Charges;
using Terminal.Payments.Orders;

namespace Terminal.Payments.Periods;

/// <summary>One order in the books: what its facts add up to, and what gateway and ECR have of it.</summary>
/// <param name="FirstEntry">The journal entry that began the order.</param>
/// <param name="LastEntry">The newest entry of the order.</param>
sealed record OrderAccount(Transaction Transaction, long FirstEntry, long LastEntry)
{
    /// <summary>How much of it the gateway confirmed to hold, in minor units.</summary>
    public long AtGateway { get; init; }

    /// <summary>
    /// The entry by which the ECR acknowledged the approval; 0: none, or the approval was taken back.
    /// </summary>
    public long Booked { get; init; }

    public bool IsOpen => !Transaction.IsClosed;

    /// <summary>Money at the gateway that is in no total of the ECR.</summary>
    public long Unbooked => Booked == 0 ? AtGateway
        : Repayment.PlanOf(Transaction.Payment) is { IsOfRest: true } rest ? rest.Minor : 0;

    /// <summary>The account with one more entry; null before the order began.</summary>
    public static OrderAccount? After(OrderAccount? before, Fact fact, long entry)
    {
        if (Recovery.Apply(before?.Transaction, fact) is not { } t)
        {
            return null;
        }
        var account = new OrderAccount(t, before?.FirstEntry ?? entry, entry)
        {
            AtGateway = before?.AtGateway ?? 0,
            Booked = before?.Booked ?? 0,
        };
        return fact switch
        {
            Fact.Acknowledged => account with { Booked = entry },
            // An ECR that ordered some of the money back has booked the sale, whatever number it mirrors later.
            Fact.Withdrawn when PartialGoods.IsIntact(t.Payment) => account with { Booked = 0 },
            _ => account with { AtGateway = account.Confirmed(fact) },
        };
    }

    /// <summary>If this fact carries out a return: had the ECR acknowledged the sale?</summary>
    public bool IsOfBooked(Fact fact, Func<PaymentId, OrderAccount?> find) =>
        (Transaction.Order, fact) is not (Return r, Fact.Returned) || find(r.Of.Id) is not { Booked: 0 };

    long Taken => Transaction.Order is Sale sale ? sale.Amount.Minor : 0;

    /// <summary>What the gateway holds after this fact. A refund starts only on a signed success.</summary>
    long Confirmed(Fact fact) => fact switch
    {
        Fact.Paid => Taken,
        Fact.RefundStarted f => Taken - f.Plan.Returned,
        Fact.RefundSettled f => Taken - f.Plan.Returned - f.Plan.Minor,
        Fact.Failed or Fact.Cancelled => 0,
        // A person decided in place of the gateway: it counts as holding what the ECR's total says.
        Fact.Resolved when Transaction.Payment is PaymentState.PartiallyRefunded s => Taken - s.Returned,
        Fact.Resolved when Booked == 0 => 0,
        _ => AtGateway,
    };
}
