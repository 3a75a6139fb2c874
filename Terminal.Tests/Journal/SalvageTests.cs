using System.Text.Json;
using Terminal.Journal;

namespace Terminal.Tests.Journal;

public sealed class SalvageTests : IDisposable
{
    const int Payments = 12, Entries = Payments * 5;

    readonly TemporaryJournal place = new();
    readonly IReadOnlyList<Entry> written;

    public SalvageTests()
    {
        using var journal = place.Open();
        var ledger = new Ledger(journal);
        for (var n = 1; n <= Payments; n++)
        {
            ledger.Pay(n);
        }
        written = journal.Read(1, int.MaxValue);
    }

    public void Dispose() => place.Dispose();

    [Fact]
    public void Of_a_sound_journal_every_entry_is_intact_and_the_file_is_as_it_was()
    {
        var before = File.ReadAllBytes(place.Path);

        var found = Read();

        Assert.All(found, s => Assert.Equal(SalvageVerdict.Intact, s.Verdict));
        Assert.Equal(written.Select(Text), found.Select(s => Text(s.Entry!)));
        Assert.Equal(before, File.ReadAllBytes(place.Path));
        Assert.False(File.Exists(place.Log));
    }

    [Fact]
    public void What_is_only_in_the_log_is_found_too()
    {
        using var open = place.Open();
        new Ledger(open).Pay(Payments + 1);
        using var copy = place.Cut(long.MaxValue);
        File.WriteAllBytes(copy.Path, new byte[100]); // Of the file itself nothing is left.

        var found = Read(copy.Path);

        Assert.Equal((SalvageVerdict.Missing, 1L), (found[0].Verdict, found[0].Sequence));
        Assert.Equal(Entries + 5, found[^1].Sequence);
        Assert.Equal(5, found.Count(s => s.Sequence > Entries && s.Entry is not null));
    }

    [Fact]
    public void A_flipped_bit_costs_no_more_than_the_entry_it_is_in()
    {
        var sound = File.ReadAllBytes(place.Path);
        var seen = new HashSet<SalvageVerdict>();
        for (var at = 0; at < sound.Length; at += 23)
        {
            var bytes = sound.ToArray();
            bytes[at] ^= (byte)(1 << (at % 8));
            File.WriteAllBytes(place.Path, bytes);

            var found = Read();
            seen.UnionWith(found.Select(s => s.Verdict));

            var lost = written.Select(Text).Except(found.Where(s => s.Entry is not null).Select(s => Text(s.Entry!)));
            Assert.True(lost.Count() <= 1, $"byte {at}");
            Assert.True(found.Count(s => s.Verdict == SalvageVerdict.Damaged) <= 1, $"byte {at}");
        }
        Assert.Equal(4, seen.Count);
    }

    [Fact]
    public void Nothing_that_was_changed_is_called_intact()
    {
        var sound = File.ReadAllBytes(place.Path);
        var dice = new Random(1);
        for (var round = 0; round < 300; round++)
        {
            var bytes = sound.ToArray();
            for (var i = 0; i < 40; i++)
            {
                bytes[dice.Next(bytes.Length)] ^= (byte)(1 << dice.Next(8));
            }
            bytes = bytes[..dice.Next(bytes.Length / 2, bytes.Length)];
            File.WriteAllBytes(place.Path, bytes);

            var intact = Read().Where(s => s.Verdict == SalvageVerdict.Intact).Select(s => Text(s.Entry!));

            Assert.Empty(intact.Except(written.Select(Text)));
        }
    }

    [Theory]
    [InlineData(0, 512)]
    [InlineData(4096, 512)]
    [InlineData(8192, 4096)]
    [InlineData(0, 4096)]
    public void Of_torn_pages_the_rest_is_read(int at, int length)
    {
        var bytes = File.ReadAllBytes(place.Path);
        new Random(1).NextBytes(bytes.AsSpan(at, length));
        File.WriteAllBytes(place.Path, bytes);

        var found = Read();

        Assert.True(found.Count(s => s.Entry is not null) > Entries / 2, $"{found.Count} lines");
        Assert.Empty(found.Where(s => s.Verdict == SalvageVerdict.Intact)
            .Select(s => Text(s.Entry!)).Except(written.Select(Text)));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(5000)]
    public void Rubbish_is_read_to_its_end(int length)
    {
        var bytes = new byte[length];
        new Random(length).NextBytes(bytes);
        File.WriteAllBytes(place.Path, bytes);

        Assert.Empty(Read());
    }

    [Fact]
    public void The_text_is_one_json_object_a_line_and_ends_with_the_counts()
    {
        place.Tamper("""
            UPDATE entry SET kind = 'a"b\c' WHERE sequence = 7; DELETE FROM entry WHERE sequence = 20; VACUUM
            """);
        var output = new StringWriter();

        var sound = JournalText.Salvage(place.Path, output);

        Assert.False(sound);
        var lines = output.ToString().TrimEnd().Split('\n');
        Assert.All(lines, line => JsonDocument.Parse(line).Dispose());
        Assert.Contains("""{"seq":7,"verdict":"damaged",""", output.ToString());
        Assert.Contains("""{"seq":20,"verdict":"missing","upto":20}""", lines);
        Assert.Equal("""{"intact":57,"unchained":1,"damaged":1,"missing":1,"dropped":0}""", lines[^1]);
    }

    [Fact]
    public void What_was_dropped_is_not_missing_and_the_rest_is_proved_by_the_anchor()
    {
        Drop(30);
        var output = new StringWriter();

        Assert.True(JournalText.Salvage(place.Path, output), output.ToString());

        var lines = output.ToString().TrimEnd().Split('\n');
        Assert.Contains($"\"dropped\":30,\"hash\":\"{Convert.ToHexStringLower(written[29].Hash)}\"", lines[0]);
        Assert.Equal("""{"intact":30,"unchained":0,"damaged":0,"missing":0,"dropped":30}""", lines[^1]);
    }

    [Fact]
    public void Without_the_anchor_nobody_knows_whether_it_was_dropped_or_lost()
    {
        Drop(30);
        place.Tamper("UPDATE meta SET value = 'x' WHERE name = 'anchor'; VACUUM");
        var output = new StringWriter();

        Assert.False(JournalText.Salvage(place.Path, output));

        var lines = output.ToString().TrimEnd().Split('\n');
        Assert.EndsWith("\"dropped\":null,\"hash\":null}", lines[0]);
        Assert.Equal("""{"intact":29,"unchained":1,"damaged":0,"missing":30,"dropped":null}""", lines[^1]);
    }

    [Fact]
    public void A_sound_journal_is_said_to_be_sound_and_a_missing_file_is_named()
    {
        Assert.True(JournalText.Salvage(place.Path, TextWriter.Null));
        var e = Assert.Throws<JournalFailedException>(() => JournalText.Salvage(place.Path + "x", TextWriter.Null));
        Assert.Contains("payments.dbx", e.Message);
    }

    void Drop(int upto)
    {
        using var journal = place.Open();
        journal.Acknowledge(upto);
        journal.Drop(new(upto, written[upto - 1].Hash));
    }

    List<Salvaged> Read(string? path = null)
    {
        using var salvage = new Salvage(path ?? place.Path);
        return [.. salvage.Entries()];
    }

    static string Text(Entry e) =>
        $"{e.Sequence} {e.PaymentId} {e.Kind} {e.UnixMilliseconds} {Convert.ToHexString(e.Body)} " +
        Convert.ToHexString(e.Hash);
}
