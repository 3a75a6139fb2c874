using System.Buffers.Binary;
using Terminal.Journal;
using static Terminal.Tests.Journal.Orders;

namespace Terminal.Tests.Journal;

public sealed class SqliteFileTests : IDisposable
{
    readonly TemporaryJournal place = new();

    public void Dispose() => place.Dispose();

    [Theory]
    [InlineData("locking_mode", "exclusive")]
    [InlineData("page_size", "4096")]
    [InlineData("auto_vacuum", "2")]
    [InlineData("journal_mode", "wal")]
    [InlineData("synchronous", "2")]
    [InlineData("wal_autocheckpoint", "1000")]
    [InlineData("journal_size_limit", "8388608")]
    [InlineData("mmap_size", "0")]
    [InlineData("temp_store", "2")]
    [InlineData("foreign_keys", "1")]
    [InlineData("cell_size_check", "1")]
    [InlineData("trusted_schema", "0")]
    [InlineData("busy_timeout", "5000")]
    [InlineData("cache_size", "-2000")]
    [InlineData("user_version", "1")]
    [InlineData("application_id", "1414548017")]
    public void A_journal_opens_its_file_with_the_settings_that_make_it_durable(string pragma, string value)
    {
        place.Open().Dispose();

        using var file = new SqliteFile(place.Path, create: true);
        Assert.Equal(value, file.Prepare($"PRAGMA {pragma}").First(row => row.Text(0, 64)));
    }

    [Fact]
    public void It_can_be_closed_twice()
    {
        var journal = place.Open();
        journal.Dispose();
        journal.Dispose();
        Assert.Throws<JournalFailedException>(() => journal.Checkpoint(0));
    }

    [Fact]
    public void A_commit_ends_beyond_the_block_it_shares_with_the_next()
    {
        using var journal = place.Open();
        var ledger = new Ledger(journal);
        ledger.Commit([Requested(1)], At);
        ledger.Commit(Approved(1), At);

        var log = ReadLog();
        const int header = 32, frame = 24 + 4096;
        var pages = Enumerable.Range(0, (log.Length - header) / frame)
            .Select(i => BinaryPrimitives.ReadInt32BigEndian(log.AsSpan(header + (i * frame)))).ToList();
        Assert.Equal(pages[^2], pages[^1]); // psow=0 repeats the last page until the block is full.
    }

    [Fact]
    public void A_process_killed_at_any_point_leaves_a_whole_number_of_commits()
    {
        using var journal = place.Open();
        var ledger = new Ledger(journal);
        var ends = new List<long> { 0 };
        for (var n = 1; n <= 3; n++)
        {
            ledger.Commit([Requested(n)], At);
            ends.Add(ledger.LastSequence);
            ledger.Commit([.. Approved(n), Acknowledged(n)], At);
            ends.Add(ledger.LastSequence);
        }
        var whole = ReadLog().Length;
        var reached = new HashSet<long>();
        for (var cut = whole; cut > 0; cut -= 2060)
        {
            using var copy = place.Cut(cut);
            using var survivor = copy.Open();
            var after = new Ledger(survivor);
            Assert.Contains(after.LastSequence, ends);
            Assert.Empty(after.Verify());
            reached.Add(after.LastSequence);
            after.Pay(9);
            Assert.Empty(after.Verify());
        }
        Assert.Equal(ends.ToHashSet(), reached);
        Assert.Equal(ends[^1], journal.Last!.Sequence);
    }

    [Fact]
    public void A_closed_journal_needs_no_log()
    {
        using (var journal = place.Open())
        {
            new Ledger(journal).Pay(1);
        }
        Assert.False(File.Exists(place.Log));
        using var again = place.Open();
        Assert.Equal(5, again.Last!.Sequence);
    }

    [Fact]
    public void After_a_checkpoint_the_file_alone_has_everything_and_the_log_begins_again_in_its_place()
    {
        using var journal = place.Open();
        var ledger = new Ledger(journal);
        ledger.Pay(1);
        var length = ReadLog().Length;

        Assert.Equal(0, journal.Checkpoint(0));

        using var copy = place.Cut(0);
        using var survivor = copy.Open();
        Assert.Equal(5, survivor.Last!.Sequence);
        ledger.Commit([Requested(2)], At);
        Assert.Equal(length, ReadLog().Length);
    }

    [Fact]
    public void A_second_process_is_told_that_the_journal_is_in_use()
    {
        using var journal = place.Open();

        var e = Assert.Throws<JournalFailedException>(place.Open);

        Assert.Contains(place.Path, e.Message);
        Assert.Contains("another process", e.Message);
        new Ledger(journal).Pay(1);
    }

    [Fact]
    public void A_file_that_is_no_database_is_refused_and_left_as_it_is() =>
        AssertRefused("not a database at all"u8.ToArray());

    [Fact]
    public void A_database_of_somebody_else_is_refused_and_left_as_it_is()
    {
        place.Tamper("CREATE TABLE theirs (x)");

        AssertRefused(File.ReadAllBytes(place.Path));
    }

    [Fact]
    public void A_journal_whose_first_page_is_damaged_is_refused_and_left_as_it_is()
    {
        place.Open().Dispose();
        var bytes = File.ReadAllBytes(place.Path);
        bytes.AsSpan(0, 512).Clear();

        AssertRefused(bytes);
    }

    [Fact]
    public void Damage_anywhere_in_the_file_fails_in_the_one_defined_way_or_is_found()
    {
        using (var journal = place.Open())
        {
            var ledger = new Ledger(journal);
            for (var n = 1; n <= 20; n++)
            {
                ledger.Pay(n);
            }
        }
        var sound = File.ReadAllBytes(place.Path);
        var noticed = 0;
        for (var at = 100; at < sound.Length; at += 331)
        {
            var bytes = sound.ToArray();
            bytes.AsSpan(at, Math.Min(16, bytes.Length - at)).Fill(0x55);
            File.WriteAllBytes(place.Path, bytes);
            try
            {
                using var journal = place.Open();
                noticed += new Audit(journal).Everything().Count > 0 ? 1 : 0;
            }
            catch (JournalFailedException e)
            {
                Assert.Contains(place.Path, e.Message);
                noticed++;
            }
        }
        Assert.NotEqual(0, noticed);
    }

    [Fact]
    public void A_log_without_its_file_is_refused_and_kept()
    {
        File.WriteAllText(place.Log, "paid payments");

        Assert.Throws<JournalFailedException>(place.Open);

        Assert.Equal("paid payments", File.ReadAllText(place.Log));
        Assert.False(File.Exists(place.Path));
    }

    [Fact]
    public void An_empty_file_becomes_a_journal()
    {
        File.WriteAllBytes(place.Path, []);

        using var journal = place.Open();

        Assert.Equal(16, journal.Epoch.Length);
    }

    [Fact]
    public void Who_only_reads_creates_nothing()
    {
        Assert.Throws<JournalFailedException>(() => new SqliteJournal(place.Path, create: false));

        Assert.False(File.Exists(place.Path));
    }

    [Fact]
    public void A_creation_that_was_interrupted_begins_again()
    {
        new SqliteFile(place.Path + ".new", create: true).Dispose();
        File.WriteAllText(place.Path + ".new-journal", "half of something");

        using var journal = place.Open();

        Assert.Equal(16, journal.Epoch.Length);
        Assert.Equal(
            [place.Path, place.Log], Directory.GetFiles(Path.GetDirectoryName(place.Path)!).Order());
    }

    [Fact]
    public void A_journal_of_another_version_is_refused()
    {
        place.Open().Dispose();
        place.Tamper("PRAGMA user_version = 2");

        Assert.Contains("version", Assert.Throws<JournalFailedException>(place.Open).Message);
    }

    [Fact]
    public void A_directory_that_is_not_there_is_named()
    {
        var path = Path.Combine(Path.GetDirectoryName(place.Path)!, "missing", "payments.db");

        var e = Assert.Throws<JournalFailedException>(() => new SqliteJournal(path));

        Assert.Contains(path, e.Message);
        Assert.Contains("directory", e.Message);
    }

    [Fact]
    public void Two_journals_have_two_epochs()
    {
        using var other = new TemporaryJournal();
        using var a = place.Open();
        using var b = other.Open();

        Assert.NotEqual(a.Epoch, b.Epoch);
    }

    void AssertRefused(byte[] bytes)
    {
        File.WriteAllBytes(place.Path, bytes);

        var e = Assert.Throws<JournalFailedException>(place.Open);

        Assert.Contains(place.Path, e.Message);
        Assert.Equal(bytes, File.ReadAllBytes(place.Path));
        Assert.Equal([place.Path], Directory.GetFiles(Path.GetDirectoryName(place.Path)!));
    }

    byte[] ReadLog()
    {
        using var log = new FileStream(place.Log, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        var bytes = new byte[log.Length];
        log.ReadExactly(bytes);
        return bytes;
    }
}
