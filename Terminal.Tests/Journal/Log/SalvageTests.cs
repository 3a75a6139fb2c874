using System.Text.Json;
using Terminal.Journal;
using Terminal.Journal.Log;
using static Terminal.Tests.Journal.JournalOrders;

namespace Terminal.Tests.Journal.Log;

public sealed class SalvageTests : IDisposable
{
    const int Payments = 24, Entries = Payments * 5;

    readonly TemporaryJournal place = new(room: 64 << 10);
    readonly IReadOnlyList<Entry> written;

    // In sealed segments and in one that is written.
    public SalvageTests()
    {
        using var journal = place.Open();
        var ledger = new Ledger(journal);
        for (var n = 1; n <= Payments; n++)
        {
            ledger.Pay(n);
        }
        while (journal.Tend())
        {
        }
        written = journal.Read(1, int.MaxValue);
    }

    public void Dispose() => place.Dispose();

    [Fact]
    public void Of_a_sound_journal_every_entry_is_intact_and_the_files_are_as_they_were()
    {
        var before = place.Files();

        var found = Read();

        Assert.All(found, s => Assert.Equal(SalvageVerdict.Intact, s.Verdict));
        Assert.Equal(written.Select(Text), found.Select(s => Text(s.Entry!)));
        Assert.Equal(before, place.Files());
    }

    [Fact]
    [Trait("kind", "instrument")]
    public void A_flipped_bit_costs_no_more_than_the_frame_it_is_in()
    {
        var seen = new HashSet<SalvageVerdict>();
        foreach (var (name, sound) in place.Files())
        {
            for (var at = 0; at < sound.Length; at += 97)
            {
                var bytes = sound.ToArray();
                bytes[at] ^= (byte)(1 << (at % 8));
                File.WriteAllBytes(place.FileOf(name), bytes);

                var found = Read();
                seen.UnionWith(found.Select(s => s.Verdict));

                var lost = written.Select(Text).Except(Texts(found));
                Assert.True(lost.Count() <= 2, $"{name}, byte {at}");
            }
            File.WriteAllBytes(place.FileOf(name), sound);
        }
        Assert.Equal([SalvageVerdict.Intact, SalvageVerdict.Unchained, SalvageVerdict.Missing], seen.Order());
    }

    [Fact]
    public void After_a_thousand_random_bytes_every_frame_that_is_intact_is_found_and_nothing_else()
    {
        var dice = new Random(1);
        var sound = place.Files();
        for (var round = 0; round < 10; round++)
        {
            var files = sound.ToDictionary(f => f.Key, f => f.Value.ToArray());
            var whole = files.Values.Where(f => f.Length > 0).ToArray();
            for (var i = 0; i < 1000; i++)
            {
                var file = whole[dice.Next(whole.Length)];
                file[dice.Next(file.Length)] = (byte)dice.Next(256);
            }
            var intact = new HashSet<string>();
            foreach (var (name, bytes) in files)
            {
                File.WriteAllBytes(place.FileOf(name), bytes);
                intact.UnionWith(EntriesIn(bytes, sound[name]));
            }

            var found = Read();

            Assert.Subset(Texts(found).ToHashSet(), intact);
            Assert.Subset(written.Select(Text).ToHashSet(), Texts(found).ToHashSet());
            Assert.True(intact.Count > 0);
        }
    }

    [Fact]
    public void What_was_open_is_found_in_the_state_when_its_segment_is_lost()
    {
        using (var journal = place.Open())
        {
            var ledger = new Ledger(journal);
            ledger.Commit([Requested(100)], At);
            for (var n = 101; n < 140; n++)
            {
                ledger.Pay(n);
            }
            while (journal.Tend())
            {
            }
        }
        foreach (var file in Directory.GetFiles(place.Path, "*.sealed"))
        {
            File.Delete(file);
        }

        Assert.Contains(Read(), s => s.Entry is { Kind: "requested" } e && e.PaymentId == Id(100).Value);
    }

    [Fact]
    public void The_text_is_one_object_a_line_with_the_verdicts_and_their_number()
    {
        place.Forge(r => r.Entry.Sequence == 7 ? r with { Entry = r.Entry with { Kind = "a\"b\\c" } } : r);
        var output = new StringWriter();
        using (var salvage = new Salvage(place.Path))
        {
            Assert.False(JournalText.Salvage(salvage, output));
        }

        var lines = output.ToString().TrimEnd().Split('\n');
        Assert.All(lines, line => JsonDocument.Parse(line).Dispose());
        Assert.Contains("""{"seq":7,"verdict":"damaged",""", output.ToString());
        Assert.Equal($$"""{"intact":{{Entries - 1}},"unchained":0,"damaged":1,"missing":0,"dropped":0}""", lines[^1]);
    }

    [Fact]
    public void Without_the_bound_nobody_knows_where_it_began()
    {
        File.Delete(place.FileOf(Bound.Name));
        var output = new StringWriter();
        using (var salvage = new Salvage(place.Path))
        {
            Assert.False(JournalText.Salvage(salvage, output));
        }

        var lines = output.ToString().TrimEnd().Split('\n');
        Assert.EndsWith("\"dropped\":null,\"hash\":null}", lines[0]);
        Assert.Equal(
            $$"""{"intact":{{Entries}},"unchained":0,"damaged":0,"missing":0,"dropped":null}""", lines[^1]);
    }

    [Fact]
    public void A_missing_folder_is_named()
    {
        var e = Assert.Throws<JournalFailedException>(() => new Salvage(place.Path + "x"));
        Assert.Contains("journalx", e.Message);
    }

    /// <summary>Of the frames whose bytes are all as they were.</summary>
    static IEnumerable<string> EntriesIn(byte[] bytes, byte[] sound)
    {
        for (var at = 0; (at = LogFrame.Next(sound, at)) >= 0; at++)
        {
            if (LogFrame.ReadHeader(sound.AsSpan(at)) is not ({ Kind: FrameKind.Entries } frame, _) ||
                !bytes.AsSpan(at, LogFrame.HeaderLength + frame.Length)
                    .SequenceEqual(sound.AsSpan(at, LogFrame.HeaderLength + frame.Length)))
            {
                continue;
            }
            ReadOnlySpan<byte> rest = sound.AsSpan(at + LogFrame.HeaderLength, frame.Length);
            var entries = new List<string>();
            for (var sequence = frame.After + 1; sequence <= frame.Last; sequence++)
            {
                entries.Add(Text(LogRecord.Read(ref rest, sequence).Entry));
            }
            foreach (var entry in entries)
            {
                yield return entry;
            }
        }
    }

    List<Salvaged> Read()
    {
        using var salvage = new Salvage(place.Path);
        return [.. salvage.Entries()];
    }

    static IEnumerable<string> Texts(IEnumerable<Salvaged> found) =>
        found.Where(s => s.Entry is not null).Select(s => Text(s.Entry!));

    static string Text(Entry e) =>
        $"{e.Sequence} {e.PaymentId} {e.Kind} {e.UnixMilliseconds} {Convert.ToHexString(e.Body)} " +
        Convert.ToHexString(e.Hash);
}
