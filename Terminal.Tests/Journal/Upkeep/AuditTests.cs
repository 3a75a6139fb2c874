using Terminal.Journal;
using Terminal.Journal.Log;
using Terminal.Journal.Upkeep;
using Terminal.Payments;
using static Terminal.Tests.Journal.JournalOrders;

namespace Terminal.Tests.Journal.Upkeep;

/// <summary>Somebody changed the files behind the journal's back, and knew how.</summary>
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
        Assert.Empty(new Audit(journal).Everything());
    }

    public void Dispose() => place.Dispose();

    public static TheoryData<string, long> Changes => new()
    {
        { "body", 2 }, { "hash", 2 }, { "hash", 9 }, { "kind", 4 }, { "time", 1 }, { "payment", 3 },
        { "open", 8 }, { "open", 5 }, { "receipt", 8 }, { "fingerprint", 8 }, { "begins", 8 },
    };

    [Theory]
    [MemberData(nameof(Changes))]
    public void What_was_changed_in_an_entry_or_head_is_found_by_verify(string what, long sequence)
    {
        place.Forge(r => r.Entry.Sequence == sequence ? Change(r, what) : r);

        using var journal = place.Open();
        Assert.NotEmpty(new Audit(journal).Everything());
    }

    [Theory]
    [InlineData("body", 2)]
    [InlineData("hash", 9)]
    [InlineData("time", 1)]
    [InlineData("receipt", 8)]
    public void What_was_changed_of_late_or_is_open_is_found_at_the_start(string what, long sequence)
    {
        place.Forge(r => r.Entry.Sequence == sequence ? Change(r, what) : r);

        using var journal = place.Open();
        Assert.True(Assert.Throws<JournalFailedException>(() => new Ledger(journal)).IsDamage);
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
        Assert.Empty(new Audit(journal).Everything());
    }

    [Fact]
    public void An_order_that_got_its_code_later_is_as_it_was_whichever_slice_it_is_in()
    {
        using var journal = place.Open();
        var ledger = new Ledger(journal);
        for (var n = 10; n < 210; n++)
        {
            ledger.Commit([new(Id(n), new Fact.Ordered(Sale(n) with { Fingerprint = "" }))], At);
            ledger.Commit([Requested(n)], At);
            ledger.Commit([.. Approved(n), Acknowledged(n), Completed(n)], At);
            ledger.Commit([Requested(1000 + n)], At);
        }

        Assert.Empty(new Audit(journal).Everything());
    }

    [Fact]
    public void Damage_older_than_the_start_up_check_is_found_by_verify()
    {
        using (var journal = place.Open())
        {
            var ledger = new Ledger(journal);
            ledger.Commit(Approved(2).Concat([Acknowledged(2), .. Approved(3), Acknowledged(3)]).ToList(), At);
            ledger.PayAll(10, 219);
        }
        place.Forge(r => r.Entry.Sequence == 2 ? Change(r, "time") : r);

        using var again = place.Open();
        Assert.Equal(2, Assert.Single(new Audit(again).Everything()).Sequence);
    }

    [Fact]
    public void An_open_payment_is_checked_at_start_up_however_old_it_is()
    {
        using (var journal = place.Open())
        {
            new Ledger(journal).PayAll(10, 219);
        }
        place.Forge(r => r.Entry.Sequence == 8 ? Change(r, "receipt") : r);

        using var again = place.Open();
        Assert.Throws<JournalFailedException>(() => new Ledger(again));
    }

    static LogRecord Change(LogRecord record, string what)
    {
        var (entry, head) = (record.Entry, record.Head);
        return what switch
        {
            "body" => record with { Entry = entry with { Body = "{}"u8.ToArray() } },
            "hash" => record with { Entry = entry with { Hash = new byte[32] } },
            "kind" => record with { Entry = entry with { Kind = "completed" } },
            "time" => record with { Entry = entry with { UnixMilliseconds = entry.UnixMilliseconds + 1 } },
            "payment" => record with { Entry = entry with { PaymentId = "X" } },
            "open" => record with { Head = head! with { Open = !head.Open } },
            "receipt" => record with { Head = head! with { Receipt = 8 } },
            "fingerprint" => record with { Head = head! with { Fingerprint = "f" } },
            _ => record with { Head = head! with { FirstSequence = head.FirstSequence + 1 } },
        };
    }
}
