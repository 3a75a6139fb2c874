using System.Text;
using Terminal.Journal;
using Terminal.Journal.Books;
using Terminal.Journal.Log;

namespace Terminal.Tests.Journal.Books;

/// <summary>A log that only knows its records: payments of four entries, receipt numbers that wrap soon.</summary>
sealed class Records
{
    public const string Epoch = "0123456789abcdef";
    public const int MostReceipts = 40;

    readonly List<LogRecord> all = [];

    /// <param name="first">The sequence number that it begins with.</param>
    public Records(int payments, long first = 1)
    {
        Begins = new(first - 1, first == 1 ? Chain.Origin.ToArray() : new byte[] { 7 }.Concat(new byte[31]).ToArray());
        Dropped = Begins;
        Add(payments);
    }

    public Anchor Begins { get; }

    public Anchor Dropped { get; set; }

    public long Last => Begins.Sequence + all.Count;

    public IReadOnlyList<Entry> Entries => [.. all.Select(r => r.Entry).Where(e => e.Sequence > Dropped.Sequence)];

    /// <summary>The newest of each payment.</summary>
    public IReadOnlyList<Head> Heads =>
    [
        .. all.Select(r => r.Head).OfType<Head>().GroupBy(h => h.FirstSequence).Select(g => g.Last())
            .Where(h => h.FirstSequence > Dropped.Sequence),
    ];

    /// <summary>How often somebody read from it.</summary>
    public List<long> ReadFrom { get; } = [];

    public LogView View => new(Epoch, () => Dropped, () => Last, (from, limit) =>
    {
        ReadFrom.Add(from);
        return Read(from, limit);
    });

    public IReadOnlyList<LogRecord> Read(long from, int limit) =>
        [.. all.Skip((int)(from - Begins.Sequence - 1)).Take(limit)];

    public void Add(int payments)
    {
        for (var i = 0; i < payments; i++)
        {
            var first = Last + 1;
            for (var step = 0; step < 4; step++)
            {
                Add(first, step);
            }
        }
    }

    void Add(long first, int step)
    {
        var n = (first / 4) + 1;
        var id = $"PAYMENT{n:D19}";
        // Every tenth has the mark that many share.
        var fingerprint = n % 10 == 0 ? "end-of-day" : $"{n * 7919:x32}";
        var body = Encoding.UTF8.GetBytes($"{{\"step\":{step},\"text\":\"ä€\"}}");
        var entry = new Entry(first + step, id, $"kind{step}", 1_767_323_045_000 + first, body, new byte[32]);
        Chain.Hash(all is [.., var before] ? before.Entry.Hash : Begins.Hash, Epoch, entry, entry.Hash);
        all.Add(new(entry, step == 0 ? 0 : first + step - 1,
            new(id, (int)(n % MostReceipts) + 1, fingerprint, step < 3, first, first + step)));
    }
}
