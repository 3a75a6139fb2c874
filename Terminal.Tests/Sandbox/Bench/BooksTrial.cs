using System.Diagnostics;
using System.Globalization;
using Sandbox.Journal;
using Terminal;
using Terminal.Journal;
using Terminal.Journal.Books;
using Terminal.Journal.Log;

namespace Sandbox.Bench;

/// <summary>What feeding the books costs: bytes on the device, time of a payment meanwhile, making them anew.</summary>
sealed class BooksTrial(string folder)
{
    const int IdleEach = 100; // Payments from one idle moment to the next.

    static readonly TimeSpan CardFlush = TimeSpan.FromMilliseconds(20);

    /// <param name="payments">On the device with the counters.</param>
    /// <param name="length">Entries that the books are made of while payments go on.</param>
    public IEnumerable<Figure> Run(int payments, int length)
    {
        yield return Bytes(payments);
        yield return Meanwhile("", length, disk => disk);
        yield return Meanwhile(", each flush 20 ms longer", length / 4, disk => new SlowDisk(disk, CardFlush));
        yield return Anew(length);
    }

    Figure Bytes(int payments)
    {
        using var loop = LoopDisk.Mount(folder, megaBytes: 512);
        const string What = "written per payment to the device: log, sealing, books, metadata, zero-fill";
        if (loop is null)
        {
            return new(What, null, "not measured: only root may make a block device", "32 KiB");
        }
        var before = loop.Written();
        using (var store = Journals.At(Path.Combine(loop.Folder, "journal")))
        {
            using var keeper = Keeper(new FolderDisk(Path.Combine(loop.Folder, "journal")), store);
            var ledger = new Ledger(store);
            for (var i = 0; i < payments; i++)
            {
                Pay(ledger);
                if (i % IdleEach == 0)
                {
                    while (store.Tend())
                    {
                    }
                    if (ledger.LastSequence - keeper.Fed >= Bookkeeper.WorthFeeding)
                    {
                        keeper.Work();
                    }
                }
            }
        }
        var each = (loop.Written() - before) / 1024.0 / payments;
        return new(What, each / 32, Text($"{each:0.0} KiB, {payments:N0} payments"), "32 KiB",
            Figure.Verdict("≤ 32 KiB", each is > 0 and <= 32));
    }

    /// <summary>The same payments with and without somebody who feeds, in turn.</summary>
    Figure Meanwhile(string how, int length, Func<IDisk, IDisk> slow)
    {
        var home = Path.Combine(folder, $"meanwhile{how.Length}");
        var (calm, fed) = (new Sample(), new Sample());
        using (var store = Journals.At(home))
        {
            Facts.Fill(new(store), length / Facts.PerPayment);
        }
        var disk = slow(new FolderDisk(home));
        using (var store = new PaymentJournal(disk))
        {
            var ledger = new Ledger(store);
            for (var i = 0; i < 300; i++)
            {
                Array.ForEach(Pay(ledger), calm.Add);
            }
            while (fed.Count < calm.Count)
            {
                Array.ForEach(PageFile.Names.ToArray(), disk.Delete);
                using var keeper = Keeper(disk, store);
                var feeding = new Thread(keeper.Work);
                feeding.Start();
                while (feeding.IsAlive)
                {
                    Array.ForEach(Pay(ledger), fed.Add);
                }
            }
        }
        var added = fed.P99 - calm.P99;
        return new($"one commit while the books are fed{how}: added, p99", null,
            $"{Sample.Ms(added)}; max {Sample.Ms(fed.Max - calm.Max)} more; {fed}", $"without: {calm}",
            Figure.Verdict("≤ 10 ms", added <= 10));
    }

    Figure Anew(int length)
    {
        var home = JournalTrial.PathOf(folder, length);
        using var store = Journals.At(home);
        var disk = new FolderDisk(home);
        Array.ForEach(PageFile.Names.ToArray(), disk.Delete);
        var watch = Stopwatch.StartNew();
        using (var keeper = Keeper(disk, store))
        {
            keeper.Work();
        }
        var took = watch.Elapsed;
        var books = Size(PageFile.Names.Select(n => Path.Combine(home, n)));
        var logs = Size(Directory.GetFiles(home)) - books;
        return new(Text($"the books of {length:N0} entries made anew"), null,
            Text($"{took.TotalSeconds:0.0} s; log {logs:0} MB, books {books:0} MB"), "",
            length >= 1_000_000 ? Figure.Verdict("log ≤ 700 MB", logs <= 700) : "log ≤ 700 MB at 1,000,000");
    }

    static double Size(IEnumerable<string> files) => files.Sum(f => new FileInfo(f).Length) / 1e6;

    static Bookkeeper Keeper(IDisk disk, PaymentJournal store) => new(disk, store.View, new Clock(TimeProvider.System));

    static TimeSpan[] Pay(Ledger ledger) => [.. Facts.Payment(ledger.NextNumbers()).Select(records =>
    {
        var since = Stopwatch.GetTimestamp();
        ledger.Commit(records, Facts.Now());
        return Stopwatch.GetElapsedTime(since);
    })];

    static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
