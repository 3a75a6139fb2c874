using System.Diagnostics;
using System.Globalization;
using Terminal.Journal;

namespace Sandbox.Bench;

/// <summary>What is asked of a journal, and whether its length matters.</summary>
/// <param name="open">Opens the journal of a length, filled.</param>
/// <param name="lengths">Entries; the first is the reference.</param>
sealed class LookupTrial(Func<int, IJournal> open, int[] lengths)
{
    const int Questions = 500;
    const int Openings = 5;

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
        var journals = lengths.Select(open).ToList();
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
        journals.ForEach(j => j.Dispose());
        foreach (var figure in Compare("open the journal, check it, take up what is open", Open()))
        {
            yield return figure;
        }
    }

    static Head HeadFrom(IJournal journal, long from) => journal.ReadHeads(from, from + Facts.PerPayment)[0];

    List<Sample> Open()
    {
        var samples = lengths.Select(_ => new Sample()).ToList();
        for (var i = 0; i < Openings * lengths.Length; i++)
        {
            samples[i % lengths.Length].Add(Time(() =>
            {
                using var journal = open(lengths[i % lengths.Length]);
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
