using Sandbox.Disk;
using Sandbox.Journal;
using Terminal.Journal;
using Terminal.Journal.Log;

namespace Terminal.Tests.Journal.Log;

/// <summary>Somebody looks at a journal that a service writes.</summary>
public sealed class LookTests
{
    [Fact]
    public void What_is_written_while_it_is_opened_is_no_damage()
    {
        var disk = new MemoryDisk();
        using var journal = Journals.On(disk, room: 128 << 10);
        var ledger = new Ledger(journal);
        ledger.PayEach(1, 10);
        var (paid, opened) = (10, 0);

        for (var call = 1; ; call++)
        {
            var meanwhile = new Meanwhile(call, () => ledger.Pay(++paid));
            using var seen = new PaymentJournal(new WatchedDisk(disk, meanwhile), isReadOnly: true);
            Assert.InRange(seen.Last!.Sequence, 5 * 10, journal.Last!.Sequence);
            if (!meanwhile.IsOver)
            {
                break;
            }
            opened++;
        }
        Assert.InRange(opened, 10, int.MaxValue);
    }

    /// <summary>Does something before one of the calls.</summary>
    sealed class Meanwhile(int call, Action act) : DiskWatch
    {
        int calls;

        public bool IsOver => calls >= call;

        public override DiskFault? Before(DiskCall next)
        {
            if (++calls == call)
            {
                act();
            }
            return null;
        }
    }
}
