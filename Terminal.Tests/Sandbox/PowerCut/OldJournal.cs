using Terminal;
using Terminal.Journal;
using Terminal.Journal.Books;
using Terminal.Journal.Log;
using Terminal.Payments;
using Terminal.Payments.Orders;
using Terminal.Payments.Periods;

namespace Sandbox.PowerCut;

/// <summary>
/// A journal with so many payments, closed, acknowledged and older than two days, that its first segment can be dropped
/// at once.
/// </summary>
static class OldJournal
{
    const int Room = 512 << 10, AtOnce = 20, MostPayments = 10_000;

    public static void Make(MemoryDisk disk)
    {
        PaymentJournal.Create(disk, room: Room);
        using var store = new PaymentJournal(disk);
        var ledger = new Ledger(store);
        var at = CutStory.At.UnixMilliseconds;
        for (var n = 1; store.NextCut is null; n += AtOnce)
        {
            if (n > MostPayments)
            {
                throw new InvalidOperationException("nothing of it can ever be dropped");
            }
            at += 3_600_000;
            var some = Enumerable.Range(n, AtOnce).SelectMany(i => CutStory.Payment(i, seed: 9));
            ledger.Commit([.. some.SelectMany(c => c)], new(at));
            if (n % (10 * AtOnce) == 1)
            {
                ledger.Commit(EndOfDay(n, ledger.Accounts().Total()), new(at));
            }
            while (store.Tend())
            {
            }
            store.Acknowledge(ledger.LastSequence);
        }
        using var keeper = new Bookkeeper(disk, store.View, new Clock(TimeProvider.System));
        keeper.Work();
    }

    static Effect.Record[] EndOfDay(int n, PeriodTotals totals)
    {
        var id = new PaymentId($"S{0:D12}E{n:D12}");
        var closing = new EndOfDay(id, ((n - 1) % 9999) + 1, n, CutStory.At, totals);
        return [new(id, new Fact.PeriodClosed(closing)), new(id, new Fact.Acknowledged())];
    }
}
