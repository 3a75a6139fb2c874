using Sandbox.Demo;
using Terminal.Payments;
using Terminal.Payments.Charges;

namespace Sandbox.KillTest;

/// <summary>What till, gateway and journal hold of every payment.</summary>
static class ThreeBooks
{
    /// <returns>Where they do not agree; empty: every payment is paid in all three or in none.</returns>
    public static IReadOnlyList<string> Compare(Shop shop) =>
        Compare(JournalCopies.Transactions(shop.Journal), shop.Captured(), shop.Till.Booked);

    /// <param name="captured">Payment id → cents that the gateway holds.</param>
    /// <param name="booked">Receipt number → cents that the till holds for paid.</param>
    public static IReadOnlyList<string> Compare(
        IReadOnlyList<Transaction> journal, IReadOnlyDictionary<string, long> captured,
        IReadOnlyDictionary<int, long> booked)
    {
        var disagree = new List<string>();
        foreach (var t in journal)
        {
            var paid = t.Payment is PaymentState.Paid ? t.Order.Worth.Minor : 0;
            var gateway = captured.GetValueOrDefault(t.Order.Id.Value);
            var till = booked.GetValueOrDefault(t.Order.Receipt);
            if (paid != gateway || paid != till)
            {
                disagree.Add(
                    $"receipt {t.Order.Receipt}: journal {t.Payment.GetType().Name}, " +
                    $"told {t.Delivery.GetType().Name}, gateway {gateway}, till {till}");
            }
        }
        var known = journal.Select(t => t.Order.Id.Value).ToHashSet();
        disagree.AddRange(captured.Where(c => !known.Contains(c.Key)).Select(c => $"gateway {c}: not in the journal"));
        var receipts = journal.Select(t => t.Order.Receipt).ToHashSet();
        disagree.AddRange(booked.Where(b => !receipts.Contains(b.Key))
            .Select(b => $"till {b}: not in the journal"));
        return disagree;
    }
}
