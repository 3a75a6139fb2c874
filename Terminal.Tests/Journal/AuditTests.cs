using Terminal.Journal;
using Terminal.Payments;
using static Terminal.Tests.Journal.Orders;

namespace Terminal.Tests.Journal;

/// <summary>Somebody changed the file behind the journal's back.</summary>
public sealed class AuditTests : IDisposable
{
    // Payment 1 is closed (entries 1-5), 2 is offered (6-8), 3 is requested (9).
    readonly TemporaryJournal place = new();

    public AuditTests()
    {
        using var journal = place.Open();
        var ledger = new Ledger(journal);
        ledger.Pay(1);
        ledger.Commit([Requested(2)], At);
        ledger.Commit(Approved(2), At);
        ledger.Commit([Requested(3)], At);
        Assert.Empty(ledger.Verify());
    }

    public void Dispose() => place.Dispose();

    [Theory]
    [InlineData("UPDATE entry SET body = X'7B7D' WHERE sequence = 2", 2)]
    [InlineData("UPDATE entry SET hash = zeroblob(32) WHERE sequence = 2", 2)]
    [InlineData("UPDATE entry SET hash = X'00' WHERE sequence = 9", 9)]
    [InlineData("UPDATE entry SET kind = 'completed' WHERE sequence = 4", 4)]
    [InlineData("UPDATE entry SET unix_ms = unix_ms + 1 WHERE sequence = 1", 1)]
    [InlineData("UPDATE entry SET payment_id = 'X' WHERE sequence = 3", 3)]
    [InlineData("UPDATE entry SET payment_id = '' WHERE sequence = 3", 3)]
    [InlineData("UPDATE entry SET sequence = 1009 WHERE sequence = 9", 1009)]
    [InlineData("UPDATE entry SET sequence = 0 WHERE sequence = 1", 2)]
    [InlineData("DELETE FROM entry WHERE sequence = 5", 6)]
    [InlineData("DELETE FROM entry WHERE sequence = 1", 2)]
    [InlineData("DELETE FROM entry WHERE sequence <= 5", 6)]
    [InlineData("UPDATE entry SET head_open = 0 WHERE sequence = 6", 6)]
    [InlineData("UPDATE entry SET head_open = 1 WHERE sequence = 1", 1)]
    [InlineData("UPDATE entry SET head_last = 7 WHERE sequence = 6", 6)]
    [InlineData("UPDATE entry SET head_receipt = 8 WHERE sequence = 6", 6)]
    [InlineData("UPDATE entry SET head_fingerprint = 'f' WHERE sequence = 6", 6)]
    [InlineData("UPDATE entry SET head_open = 1, head_last = 8, head_receipt = 2 WHERE sequence = 7", 7)]
    public void A_changed_row_is_found_at_start_up_and_by_verify(string sql, long sequence)
    {
        place.Tamper(sql);

        using var journal = place.Open();
        Assert.Contains(new Audit(journal).Everything(), f => f.Sequence == sequence);
        Assert.Throws<JournalFailedException>(() => new Ledger(journal));
    }

    [Theory]
    [InlineData("UPDATE entry SET head_open = NULL WHERE sequence = 6")]
    [InlineData("UPDATE entry SET head_open = NULL WHERE sequence = 1")]
    [InlineData("UPDATE entry SET body = zeroblob(5000) WHERE sequence = 2")]
    [InlineData("UPDATE entry SET unix_ms = 'soon' WHERE sequence = 2")]
    [InlineData("UPDATE entry SET head_receipt = 99999999999 WHERE sequence = 1")]
    public void A_row_that_cannot_be_or_is_lost_is_found_too(string sql)
    {
        place.Tamper(sql);

        using (var journal = place.Open())
        {
            Assert.NotEmpty(new Audit(journal).Everything());
        }
        using (var journal = place.Open())
        {
            Assert.Throws<JournalFailedException>(() => new Ledger(journal));
        }
    }

    [Fact]
    public void An_open_payment_that_the_index_lost_is_found_at_start_up_and_by_verify()
    {
        place.Tamper("""
            DROP INDEX entry_open;
            CREATE INDEX entry_open ON entry (head_open) WHERE head_open = 1 AND sequence > 6;
            PRAGMA writable_schema = ON;
            UPDATE sqlite_master SET sql = replace(sql, ' AND sequence > 6', '') WHERE name = 'entry_open';
            """);

        using var journal = place.Open();
        Assert.Equal([Id(3).Value], journal.OpenHeads().Select(h => h.PaymentId));
        Assert.NotEmpty(new Audit(journal).Everything());
        Assert.Throws<JournalFailedException>(() => new Ledger(journal));
    }

    [Fact]
    public void A_receipt_that_the_index_lost_is_found_at_start_up_and_by_verify()
    {
        place.Tamper("""
            DROP INDEX entry_receipt;
            CREATE INDEX entry_receipt ON entry (head_receipt) WHERE head_receipt IS NOT NULL AND sequence > 6;
            PRAGMA writable_schema = ON;
            UPDATE sqlite_master SET sql = replace(sql, ' AND sequence > 6', '') WHERE name = 'entry_receipt';
            """);

        using var journal = place.Open();
        Assert.Empty(journal.FindByReceipt(1, 0));
        var findings = new Audit(journal).Everything();
        Assert.Contains(findings, f => f.Sequence == 1 && f.Problem.Contains("by its receipt"));
        Assert.Contains(findings, f => f.Problem.Contains("missing from index entry_receipt"));
        Assert.Throws<JournalFailedException>(() => new Ledger(journal));
    }

    [Fact]
    public void A_receipt_number_that_wrapped_twice_is_no_finding()
    {
        using var journal = place.Open();
        var ledger = new Ledger(journal);
        for (var n = 10; n < 13; n++)
        {
            ledger.Commit([new(Id(n), new Fact.Requested(Sale(n) with { Receipt = 1 }))], At);
        }
        Assert.Empty(ledger.Verify());
    }

    [Fact]
    public void What_only_the_store_itself_can_see_is_found_by_verify()
    {
        const int FreePages = 36; // Big-endian, in the header: one that is on no list.
        using (var file = File.OpenWrite(place.Path))
        {
            file.Position = FreePages;
            file.Write([0, 0, 0, 1]);
        }

        using var journal = place.Open();
        Assert.All(new Audit(journal).Everything(), f => Assert.Contains("the store itself: ", f.Problem));
        Assert.NotEmpty(new Audit(journal).Everything());
    }

    [Fact]
    public void Every_single_flipped_byte_of_kind_and_payment_id_is_found()
    {
        foreach (var (column, length) in new[] { ("kind", "paid".Length), ("payment_id", Id(1).Value.Length) })
        {
            for (var i = 0; i < length; i++)
            {
                place.Tamper(Flip(column, i, "'~'"));
                using (var journal = place.Open())
                {
                    Assert.Contains(new Audit(journal).Everything(), f => f.Sequence == 2);
                }
                place.Tamper(Flip(column, i, $"'{(column == "kind" ? "paid" : Id(1).Value)[i]}'"));
            }
        }
        using var healed = place.Open();
        Assert.Empty(new Audit(healed).Everything());
    }

    [Fact]
    public void Damage_older_than_the_start_up_check_is_found_by_verify()
    {
        using (var journal = place.Open())
        {
            var ledger = new Ledger(journal);
            ledger.Commit(Approved(2).Concat([Acknowledged(2), .. Approved(3), Acknowledged(3)]).ToList(), At);
            for (var n = 10; n < 220; n++)
            {
                ledger.Commit([Requested(n), .. Approved(n), Acknowledged(n), Completed(n)], At);
            }
        }
        place.Tamper("UPDATE entry SET unix_ms = 0 WHERE sequence = 2");

        using var again = place.Open();
        Assert.Equal(2, Assert.Single(new Ledger(again).Verify()).Sequence);
    }

    [Fact]
    public void An_open_payment_is_checked_at_start_up_however_old_it_is()
    {
        using (var journal = place.Open())
        {
            var ledger = new Ledger(journal);
            for (var n = 10; n < 220; n++)
            {
                ledger.Commit([Requested(n), .. Approved(n), Acknowledged(n), Completed(n)], At);
            }
        }
        place.Tamper("UPDATE entry SET unix_ms = 0 WHERE sequence = 7");

        using var again = place.Open();
        Assert.Throws<JournalFailedException>(() => new Ledger(again));
    }

    static string Flip(string column, int at, string character) =>
        $"UPDATE entry SET {column} = substr({column}, 1, {at}) || {character} || substr({column}, {at + 2}) " +
        "WHERE sequence = 2";
}
