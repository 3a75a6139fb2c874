using System.Diagnostics;
using System.Globalization;
using Sandbox.Journal;
using Terminal.Journal;

namespace Sandbox.Bench;

/// <summary>The journal alone, on disk: one commit, one payment, and whether its length matters.</summary>
sealed class JournalTrial(string folder, int payments) : IDisposable
{
    const int WarmUp = 20;

    readonly RawDisk disk = new(folder);
    readonly List<PaymentJournal> stores = [];

    public IEnumerable<Figure> Run(params int[] lengths)
    {
        var (raw, commit) = (new Sample(), new Sample());
        var ledgers = lengths.Select(Open).ToList();
        var costs = lengths.Select(_ => new Sample()).ToList();
        for (var i = -WarmUp; i < payments; i++)
        {
            // In turn, so that whatever else the machine does hits all of them alike.
            for (var j = 0; j < ledgers.Count; j++)
            {
                var took = Pay(ledgers[j]);
                if (i >= 0)
                {
                    costs[j].Add(took.Aggregate((a, b) => a + b));
                    took.ForEach(j == 0 ? commit.Add : _ => { });
                }
            }
            var append = disk.Append();
            if (i >= 0)
            {
                raw.Add(append);
            }
        }
        yield return new("one commit of the journal, p50", commit.Median / raw.Median, commit.ToString(),
            $"4 KiB append + fdatasync: {raw}", Figure.Verdict("≤ 1.1 ×", commit.Median / raw.Median <= 1.1));
        for (var j = 0; j < lengths.Length; j++)
        {
            var ratio = costs[j].Median / costs[0].Median;
            var isLast = lengths[j] == 1_000_000;
            yield return new($"one payment (4 commits) at {Count(lengths[j])} entries, p50", ratio,
                costs[j].ToString(), $"the same at {Count(lengths[0])} entries",
                isLast ? Figure.Verdict("≤ 1.05 ×", ratio <= 1.05) : "≤ 1.05 × at 1,000,000");
        }
    }

    /// <summary>Where the journal of a length is, also after the trial.</summary>
    public static string PathOf(string folder, int length) => Path.Combine(folder, $"{length}.journal");

    public void Dispose()
    {
        stores.ForEach(s => s.Dispose());
        disk.Dispose();
    }

    Ledger Open(int length)
    {
        var store = Journals.At(PathOf(folder, length));
        stores.Add(store);
        var ledger = new Ledger(store);
        Facts.Fill(ledger, length / Facts.PerPayment);
        return ledger;
    }

    static List<TimeSpan> Pay(Ledger ledger)
    {
        var took = new List<TimeSpan>();
        foreach (var records in Facts.Payment(ledger.NextNumbers()))
        {
            var since = Stopwatch.GetTimestamp();
            ledger.Commit(records, Facts.Now());
            took.Add(Stopwatch.GetElapsedTime(since));
        }
        return took;
    }

    static string Count(int n) => n.ToString("N0", CultureInfo.InvariantCulture);
}
