using System.Diagnostics;
using System.Globalization;
using Sandbox.Journal;
using Terminal;
using Terminal.Journal;
using Terminal.Journal.Books;
using Terminal.Journal.Log;

namespace Sandbox.Bench;

/// <summary>What is asked of a journal, and whether its length matters.</summary>
/// <param name="pathOf">Where the journal of a length is, filled.</param>
/// <param name="lengths">Entries; the first is the reference.</param>
sealed class LookupTrial(Func<int, string> pathOf, int[] lengths)
{
    const int Questions = 500;
    const int MostOpenings = 5;

    static readonly (string What, Action<IJournal, Head> Ask)[] Asked =
    [
        ("find a payment by its code", (j, h) => j.FindByFingerprint(h.Fingerprint, h.FirstSequence)),
        ("find a payment by its id", (j, h) => j.Find(h.PaymentId)),
        ("read a payment", (j, h) => j.ReadPayment(h)),
        ("read 100 entries for the head office", (j, h) => j.Read(h.FirstSequence, 100)),
    ];

    readonly Random random = new(1);

    public IEnumerable<Figure> Run()
    {
        var journals = lengths.Select(Open).ToList();
        var keepers = journals.Zip(lengths, Books).ToList();
        foreach (var (what, ask) in Asked)
        {
            var samples = lengths.Select(_ => new Sample()).ToList();
            for (var i = 0; i < Questions; i++)
            {
                for (var j = 0; j < journals.Count; j++)
                {
                    var head = HeadFrom(journals[j], random.Next(1, lengths[j] - 100));
                    samples[j].Add(Time(() => ask(journals[j], head)));
                }
            }
            foreach (var figure in Compare(what, samples))
            {
                yield return figure;
            }
        }
        keepers.ForEach(k => k.Dispose());
        journals.ForEach(j => j.Dispose());
        foreach (var (i, figure) in Compare("open the journal, check it, take up what is open", Openings()).Index())
        {
            yield return figure with
            {
                Target = lengths[i] == 1_000_000
                    ? Figure.Verdict("≤ 1.2 ×", figure.Ratio <= 1.2)
                    : "≤ 1.2 × at 1,000,000",
            };
        }
    }

    static Head HeadFrom(PaymentJournal journal, long from) => journal.ReadHeads(from, from + Facts.PerPayment)[0];

    PaymentJournal Open(int length) => Journals.At(pathOf(length));

    /// <summary>What is older than two days is asked of them.</summary>
    Bookkeeper Books(PaymentJournal journal, int length)
    {
        var keeper = new Bookkeeper(new FolderDisk(pathOf(length)), journal.View, new Clock(TimeProvider.System));
        keeper.Work();
        journal.Books = keeper;
        return keeper;
    }

    List<Sample> Openings()
    {
        var samples = lengths.Select(_ => new Sample()).ToList();
        for (var i = 0; i < MostOpenings * lengths.Length; i++)
        {
            samples[i % lengths.Length].Add(Time(() =>
            {
                using var journal = Open(lengths[i % lengths.Length]);
                _ = new Ledger(journal);
            }));
        }
        return samples;
    }

    IEnumerable<Figure> Compare(string what, List<Sample> samples) => lengths.Select((length, i) => new Figure(
        $"{what}, {length.ToString("N0", CultureInfo.InvariantCulture)} entries, p50",
        samples[i].Median / samples[0].Median, samples[i].ToString(),
        $"the same at {lengths[0].ToString("N0", CultureInfo.InvariantCulture)} entries"));

    static TimeSpan Time(Action work)
    {
        var since = Stopwatch.GetTimestamp();
        work();
        return Stopwatch.GetElapsedTime(since);
    }
}
