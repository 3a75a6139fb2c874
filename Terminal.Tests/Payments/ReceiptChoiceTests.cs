using Terminal.Payments;
using Terminal.Payments.Answers;
using Terminal.Payments.Charges;
using Terminal.Payments.Orders;

namespace Terminal.Tests.Payments;

/// <summary>
/// Which payment a receipt number means, on random histories: judged by counting, not by the rules of the product.
/// </summary>
public sealed class ReceiptChoiceTests
{
    static readonly Outcome.Approved Approved = new("G");

    [Fact]
    public void Money_is_at_stake_only_where_nobody_could_mean_another_payment()
    {
        var seen = new HashSet<string>();
        for (var seed = 0; seed < 20_000; seed++)
        {
            var random = new Random(seed);
            var (inPeriod, before) = (History(random, "A"), History(random, "B"));
            var request = new ReturnRequest(
                (ReturnKind)random.Next(2), 7, null,
                random.Next(3) == 0 ? null : new Money(random.Next(1, 4) * 100, Currency.Eur));
            if (request is { Kind: ReturnKind.Refund, Amount: null })
            {
                request = request with { Amount = Euro(1) };
            }

            var choice = ReceiptChoice.Of(request, inPeriod, () => before);

            var told = inPeriod.Where(WasToldPaid).ToList();
            var meant = told.Where(t => request.Amount is not { } a || a.Minor == t.Order.Worth.Minor)
                .ToList();
            if (told.Count > 0)
            {
                Assert.True(choice.InPeriod);
                Assert.Contains(choice.Original, told);
                // One receipt, or one of that amount: that one. Else it is never decided here.
                var only = told.Count == 1 ? told[0] : meant.Count == 1 ? meant[0] : null;
                Assert.Equal(only is not null, choice.Rivals.Count == 0);
                Assert.True(only is null || ReferenceEquals(only, choice.Original), $"seed {seed}");
                Assert.Equal(choice.Rivals.Prepend(choice.Original!), choice.Rivals.Prepend(choice.Original!)
                    .OrderBy(t => inPeriod.IndexOf(t)));
            }
            else if (before.Exists(WasToldPaid))
            {
                Assert.False(choice.InPeriod);
                Assert.Contains(choice.Original, before);
            }
            seen.Add($"{told.Count > 1} {choice.Rivals.Count > 0} {choice.InPeriod} {choice.Original is null}");
        }
        Assert.InRange(seen.Count, 6, 16);
    }

    /// <summary>The newest first, as the ledger finds them.</summary>
    static List<Transaction> History(Random random, string name) =>
    [
        .. Enumerable.Range(0, random.Next(4)).Select(n =>
        {
            var sale = Some.Sale() with { Id = new($"{name}{n}"), Receipt = 7, Amount = Euro(random.Next(1, 4)) };
            PaymentState payment = random.Next(6) == 0
                ? new PaymentState.Done(Some.EndOfDay with { Id = sale.Id, Receipt = sale.Receipt })
                : new PaymentState.Paid(sale, "G", 0);
            DeliveryState delivery = random.Next(6) switch
            {
                0 => new DeliveryState.Told(new Outcome.Rejected(new(NotPaidReason.Refused))),
                1 => new DeliveryState.Withdrawn(true),
                2 => new DeliveryState.Held(Approved, Moment.Never),
                3 => new DeliveryState.Retelling(new DeliveryState.Acknowledged(Approved), Approved),
                4 => new DeliveryState.Acknowledged(Approved),
                _ => new DeliveryState.Completed(Approved),
            };
            return new Transaction(payment, delivery);
        }),
    ];

    static bool WasToldPaid(Transaction t) =>
        t.Order is not EndOfDay && t.Delivery is not DeliveryState.Told;

    static Money Euro(int euros) => new(euros * 100, Currency.Eur);
}
