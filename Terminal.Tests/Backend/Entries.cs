using Terminal.Journal;

namespace Terminal.Tests.Backend;

/// <summary>Journal entries for tests, chained as real ones are.</summary>
static class Entries
{
    public static void Add(this IJournal journal, int count, int bodyLength = 120)
    {
        var entries = new Entry[count];
        for (var i = 0; i < count; i++)
        {
            var last = i == 0 ? journal.Last : entries[i - 1];
            entries[i] = Next(last, journal.Epoch, bodyLength);
        }
        journal.Append(entries, []);
    }

    static Entry Next(Entry? last, string epoch, int bodyLength)
    {
        var sequence = (last?.Sequence ?? 0) + 1;
        var body = new byte[bodyLength];
        Array.Fill(body, (byte)('a' + (sequence % 26)));
        var entry = new Entry(
            sequence, $"PAYMENT{sequence:D19}", "paid", 1_767_323_045_000 + sequence, body, new byte[Chain.HashLength]);
        Chain.Hash(last?.Hash ?? Chain.Origin.ToArray(), epoch, entry, entry.Hash);
        return entry;
    }
}
