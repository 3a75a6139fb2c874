using Terminal.Journal;

namespace Sandbox.Simulation;

/// <summary>The disk as one process sees it: fails, loses its power, and lets the model read along.</summary>
sealed class WatchedJournal(World world, IJournal disk) : IJournal
{
    bool failed;

    public string Epoch => disk.Epoch;

    public Entry? Last => disk.Last;

    public Anchor Anchor => disk.Anchor;

    public long Acknowledged => disk.Acknowledged;

    public void Append(IReadOnlyList<Entry> entries, IReadOnlyList<Head> heads)
    {
        Check();
        world.Box.Point();
        if (world.Box.IsDiskFull || world.Hits(Fault.DiskFull))
        {
            world.Box.FillDisk();
            throw Fail("disk full");
        }
        var fails = world.Hits(Fault.JournalFails);
        if (fails && world.Dice.Chance(0.5))
        {
            throw Fail("nothing was written");
        }
        disk.Append(entries, heads);
        foreach (var entry in entries)
        {
            world.Trace?.Journal(world.Now, $"{entry.PaymentId[..6]} {entry.Kind}");
            world.Books.Wrote(disk.Epoch, entry);
        }
        if (fails)
        {
            throw Fail("everything was written");
        }
        world.Box.Point();
    }

    public IReadOnlyList<Entry> Read(long from, int limit) => Ask().Read(from, limit);

    public IReadOnlyList<Entry> ReadPayment(Head head) => Ask().ReadPayment(head);

    public IReadOnlyList<Head> ReadHeads(long from, long upto) => Ask().ReadHeads(from, upto);

    public IReadOnlyList<Head> OpenHeads() => Ask().OpenHeads();

    public Head? Find(string paymentId) => Ask().Find(paymentId);

    public Head? FindByFingerprint(string fingerprint, long from)
    {
        Check();
        return world.Hits(Fault.JournalFails) ? throw Fail("unreadable") : disk.FindByFingerprint(fingerprint, from);
    }

    public IReadOnlyList<Head> FindByReceipt(int receipt, long from) => Ask().FindByReceipt(receipt, from);

    public IReadOnlyList<Head> NewestHeads(int limit) => Ask().NewestHeads(limit);

    public Anchor? NextCut => Ask().NextCut;

    public void Acknowledge(long sequence)
    {
        if (world.Office is { } office && sequence > office.MostStored)
        {
            world.Books.Break("M8", $"entry {sequence} counts as acknowledged, and the head office never had it");
        }
        Ask().Acknowledge(sequence);
    }

    public void Drop(Anchor upto) => Ask().Drop(upto);

    public void Dispose() => failed = true;

    IJournal Ask()
    {
        Check();
        return disk;
    }

    void Check()
    {
        if (failed)
        {
            throw new JournalFailedException("the journal failed before");
        }
    }

    JournalFailedException Fail(string how)
    {
        failed = true;
        world.Books.JournalFailed = true;
        world.Books.DisturbAll();
        world.Trace?.Journal(world.Now, $"*** fails: {how} ***");
        return new(how);
    }
}
