using System.Text;
using Sandbox.Backend;
using Sandbox.Journal;
using Terminal.Backend;
using Terminal.Journal;

namespace Terminal.Tests.Backend;

public sealed class PublicationTests : IDisposable
{
    static readonly Birth Birth = new("c0ffee", "b007", "1.2.3");

    readonly MemoryJournal journal = new();

    public void Dispose() => journal.Dispose();

    [Fact]
    public void A_birth_names_its_connection_and_what_is_in_doubt_and_its_will_ends_that_connection()
    {
        Assert.Equal(
            """{"v":1,"online":true,"conn":"c0ffee","boot":"b007","sw":"1.2.3","unresolved":0}""",
            Text(Birth.Online(new(0, null))));
        Assert.Equal(
            """{"v":1,"online":true,"conn":"c0ffee","boot":"b007","sw":"1.2.3","unresolved":2,"oldestMs":17}""",
            Text(Birth.Online(new(2, 17))));
        Assert.Equal("""{"v":1,"online":false,"conn":"c0ffee","boot":"b007","sw":"1.2.3"}""", Text(Birth.Offline()));
    }

    [Fact]
    public void A_hello_tells_which_journal_and_how_far()
    {
        var hello = new Hello("00000000000000e1", 9, 7);

        Assert.Equal(
            """{"v":1,"epoch":"00000000000000e1","last":9,"acked":7,"boot":"b007","sw":"1.2.3","conn":"c0ffee"}""",
            Text(hello.Write(Birth)));
    }

    [Fact]
    public void A_batch_says_where_it_begins_and_carries_the_bytes_that_were_hashed()
    {
        var entry = new Entry(5, "P", "paid", 17, [0x7B, 0x7D], Convert.FromHexString(new string('a', 64)));

        Assert.Equal(
            $$"""{"v":1,"tid":"T-1","epoch":"e1","from":5,"n":1,"prev":"{{new string('b', 64)}}","recs":["""
            + $$"""{"seq":5,"kind":"paid","payment":"P","ms":17,"hash":"{{new string('a', 64)}}","body":"e30="}]}""",
            Text(Batch.Write("T-1", "e1", [entry], Convert.FromHexString(new string('b', 64)))));
    }

    [Fact]
    public void A_batch_can_be_verified_by_whoever_reads_it()
    {
        journal.Add(50);

        var read = Delivered.Parse(Batch.Write("T-1", journal.Epoch, journal.Read(1, 50), new byte[32]))!;

        var previous = Chain.Origin.ToArray();
        foreach (var entry in read.Entries)
        {
            Assert.True(Chain.Holds(previous, read.Epoch, entry));
            previous = entry.Hash;
        }
        Assert.Equal(50, read.Entries.Count);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(300)]
    [InlineData(Entry.MaxBody)]
    public void What_fits_by_estimate_fits_in_fact(int bodyLength)
    {
        journal.Add(100, bodyLength);
        foreach (var limit in new[] { 8 * 1024, 20_000, 64 * 1024 })
        {
            var fit = Batch.Fit(journal.Read(1, 100), limit);

            Assert.InRange(fit, 1, 100);
            var batch = Batch.Write(new('T', 32), journal.Epoch, [.. journal.Read(1, fit)], new byte[32]);
            Assert.InRange(batch.Length, 1, limit);
        }
    }

    [Fact]
    public void Names_that_must_be_escaped_fit_too()
    {
        var hostile = new string('\u0001', 64);
        var entry = new Entry(long.MaxValue, hostile, hostile, long.MinValue, new byte[Entry.MaxBody], new byte[32]);
        Entry[] entries = [.. Enumerable.Repeat(entry, 20)];
        var fit = Batch.Fit(entries, 64 * 1024);

        Assert.InRange(fit, 1, 20);
        Assert.InRange(Batch.Write(new('T', 32), journal.Epoch, entries[..fit], new byte[32]).Length, 1, 64 * 1024);
    }

    [Fact]
    public void The_longest_entry_does_not_fit_into_less_than_it_needs()
    {
        journal.Add(1, Entry.MaxBody);

        Assert.Equal(0, Batch.Fit(journal.Read(1, 1), 4096));
        Assert.Equal(1, Batch.Fit(journal.Read(1, 1), 8192));
    }

    [Fact]
    public void Topics_name_version_terminal_and_kind()
    {
        var topics = new Topics("T-1");

        Assert.Equal(
            ["pos/v1/T-1/status", "pos/v1/T-1/hello", "pos/v1/T-1/journal", "pos/v1/T-1/ack"],
            [topics.Status, topics.Hello, topics.Journal, topics.Ack]);
    }

    [Theory]
    [InlineData("T_1-x", true)]
    [InlineData("", false)]
    [InlineData("a/b", false)]
    [InlineData("a.b", false)]
    [InlineData("ä", false)]
    [InlineData("a23456789012345678901234567890123", false)]
    public void A_terminal_id_is_what_every_broker_leaves_alone(string id, bool valid) =>
        Assert.Equal(valid, Topics.IsTerminalId(id));

    static string Text(byte[] bytes) => Encoding.UTF8.GetString(bytes);
}
