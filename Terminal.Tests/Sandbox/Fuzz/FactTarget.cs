using System.Text;
using Terminal.Journal;

namespace Sandbox.Fuzz;

/// <summary>Entries of a payment as they lie in the journal: kind, blank, body; the next behind a bar.</summary>
sealed class FactTarget() : FuzzTarget("fact")
{
    const int MostEntries = 16;


    static readonly string Id = new('P', 26);

    public override void Take(byte[] input)
    {
        var entries = new List<Entry>();
        foreach (var range in Cut(input))
        {
            var blank = Array.IndexOf(range, (byte)' ');
            var kind = Encoding.Latin1.GetString(range, 0, Math.Max(blank, 0));
            entries.Add(new(entries.Count + 1, Id, kind, 1767323045000, range[(blank + 1)..], new byte[32]));
            Judge(entries[^1]);
        }
        Replay(entries);
    }

    void Judge(Entry entry)
    {
        try
        {
            var (kind, body) = FactCodec.Encode(FactCodec.Decode(entry));
            CountDeep();
            // Text for people is cut once and then stays.
            var again = FactCodec.Encode(FactCodec.Decode(entry with { Body = body }));
            Expect(kind == entry.Kind && again.Kind == kind && again.Body.AsSpan().SequenceEqual(body),
                "a fact encodes to itself");
            Expect(body.Length <= Entry.MaxBody, "no body beyond the limit");
        }
        catch (JournalFailedException)
        {
            // The one way to say that an entry is damaged.
        }
    }

    static void Replay(List<Entry> entries)
    {
        try
        {
            if (FactCodec.Replay(entries) is { } account)
            {
                Expect(JournalText.Describe(account.Transaction).Length < 1000, "a line that a person can read");
            }
        }
        catch (JournalFailedException)
        {
        }
    }

    static IEnumerable<byte[]> Cut(byte[] input)
    {
        var from = 0;
        for (var count = 0; count < MostEntries && from <= input.Length; count++)
        {
            var bar = Array.IndexOf(input, (byte)'|', from);
            var end = bar < 0 ? input.Length : bar;
            yield return input[from..end];
            from = end + 1;
        }
    }
}
