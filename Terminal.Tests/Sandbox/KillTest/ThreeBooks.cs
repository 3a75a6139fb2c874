using Sandbox.Demo;
using Terminal.Payments;

namespace Sandbox.KillTest;

/// <summary>What till, gateway and journal hold of every payment.</summary>
static class ThreeBooks
{
    /// <returns>Where they do not agree; empty: every payment is paid in all three or in none.</returns>
    public static IReadOnlyList<string> Compare(Shop shop)
    {
        var journal = JournalCopies.Transactions(shop.JournalFile);
        var captured = shop.Captured();
        var disagree = new List<string>();
        foreach (var t in journal)
        {
            var paid = t.Payment is PaymentState.Paid ? t.Sale.Amount.Minor : 0;
            var gateway = captured.GetValueOrDefault(t.Sale.Id.Value);
            var till = shop.Till.Booked.GetValueOrDefault(t.Sale.Receipt);
            if (paid != gateway || paid != till)
            {
                disagree.Add(
                    $"receipt {t.Sale.Receipt}: journal {t.Payment.GetType().Name}, " +
                    $"told {t.Delivery.GetType().Name}, gateway {gateway}, till {till}");
            }
        }
        var known = journal.Select(t => t.Sale.Id.Value).ToHashSet();
        disagree.AddRange(captured.Where(c => !known.Contains(c.Key)).Select(c => $"gateway {c}: not in the journal"));
        var receipts = journal.Select(t => t.Sale.Receipt).ToHashSet();
        disagree.AddRange(shop.Till.Booked.Where(b => !receipts.Contains(b.Key))
            .Select(b => $"till {b}: not in the journal"));
        return disagree;
    }
}
