using Terminal.Journal;
using Terminal.Journal.Upkeep;

namespace Terminal.Tests.Journal;

/// <summary>What every store of the journal promises.</summary>
public abstract class JournalContract : IDisposable
{
    IJournal? journal;

    IJournal Journal => journal ??= Open();

    /// <summary>Opens the one store of this test, or what an earlier opening left of it.</summary>
    private protected abstract IJournal Open();

    public void Dispose()
    {
        journal?.Dispose();
        Clean();
        GC.SuppressFinalize(this);
    }

    protected abstract void Clean();

    [Fact]
    public void A_new_journal_has_an_epoch_and_nothing_else()
    {
        Assert.Matches("^[0-9a-f]{16}$", Journal.Epoch);
        Assert.Null(Journal.Last);
        Assert.Empty(Journal.NewestHeads(1));
        Assert.Empty(Journal.Read(1, 10));
        Assert.Empty(Journal.ReadHeads(1, 10));
        Assert.Empty(Journal.OpenHeads());
        Assert.Null(Journal.Find("A"));
        Assert.Null(Journal.FindByFingerprint("F", 1));
    }

    [Fact]
    public void What_the_head_office_acknowledged_is_kept_and_never_moves_back()
    {
        Write("A", 1, 2, 3);
        Assert.Equal(0, Journal.Acknowledged);

        Journal.Acknowledge(2);
        Journal.Acknowledge(1);

        Assert.Equal(2, Journal.Acknowledged);
        Reopen();
        Assert.Equal(2, Journal.Acknowledged);
    }

    [Fact]
    public void Entries_come_back_byte_for_byte()
    {
        var hash = Enumerable.Range(0, 32).Select(i => (byte)(i * 8)).ToArray();
        var longest = Enumerable.Range(0, Entry.MaxBody).Select(i => (byte)(i % 256)).ToArray();
        Entry[] written =
        [
            new(1, "A", "paid", long.MaxValue, "{}"u8.ToArray(), hash),
            new(2, "", "terminal-started", -1, longest, new byte[32]),
        ];

        Journal.Append(written, [Head("A", 1, 1)]);

        Same.Entries(written, Journal.Read(1, 10));
        Same.Entries([written[1]], [Journal.Last!]);
        Reopen();
        Same.Entries(written, Journal.Read(1, 10));
        Same.Entries([written[1]], [Journal.Last!]);
    }

    [Fact]
    public void Reading_starts_and_stops_where_it_was_told()
    {
        Write("A", 1, 2, 3);
        Write("A", 4, 5);

        Assert.Equal([2, 3, 4], Journal.Read(2, 3).Select(e => e.Sequence));
        Assert.Equal([5], Journal.Read(5, 100).Select(e => e.Sequence));
        Assert.Empty(Journal.Read(6, 100));
    }

    [Fact]
    public void A_payment_is_read_without_the_others()
    {
        Write("A", 1);
        Write("B", 2, 3);
        Write("A", 4);
        Write("", 5);

        Assert.Equal([1, 4], Journal.ReadPayment(Head("A", 1, 4)).Select(e => e.Sequence));
        Assert.Equal([2, 3], Journal.ReadPayment(Head("B", 2, 3)).Select(e => e.Sequence));
        Assert.Equal([1], Journal.ReadPayment(Head("A", 1, 3)).Select(e => e.Sequence));
        Assert.Empty(Journal.ReadPayment(Head("C", 1, 5)));
    }

    [Fact]
    public void A_head_is_found_by_payment_and_is_the_one_written_last()
    {
        Journal.Append([At(1, "A")], [Head("A", 1, 1)]);
        Journal.Append([At(2, "B")], [Head("B", 2, 2)]);
        Journal.Append([At(3, "A")], [Head("A", 1, 3) with { Open = false }]);

        Assert.Equal(Head("A", 1, 3) with { Open = false }, Journal.Find("A"));
        Assert.Equal(Head("B", 2, 2), Journal.Find("B"));
        Assert.Null(Journal.Find("C"));
    }

    [Fact]
    public void Heads_with_a_receipt_number_are_found_from_an_entry_on_newest_first()
    {
        Journal.Append([At(1, "A"), At(2, "B"), At(3, "C"), At(4, "D")],
            [Head("A", 1, 1), Head("B", 2, 2), Head("C", 3, 3) with { Receipt = 8 }, Head("D", 4, 4)]);
        Journal.Append([At(5, "B")], [Head("B", 2, 5) with { Open = false }]);
        Reopen();

        Assert.Equal(
            [Head("D", 4, 4), Head("B", 2, 5) with { Open = false }, Head("A", 1, 1)], Journal.FindByReceipt(7, 0));
        Assert.Equal(["D", "B"], Journal.FindByReceipt(7, 2).Select(h => h.PaymentId));
        Assert.Equal(["D"], Journal.FindByReceipt(7, 3).Select(h => h.PaymentId));
        Assert.Equal(["C"], Journal.FindByReceipt(8, 0).Select(h => h.PaymentId));
        Assert.Empty(Journal.FindByReceipt(8, 4));
        Assert.Empty(Journal.FindByReceipt(9, 0));
    }

    [Fact]
    public void Open_heads_come_oldest_first_and_leave_when_they_close()
    {
        Journal.Append([At(1, "Z"), At(2, "B"), At(3, "A")], [Head("A", 3, 3), Head("Z", 1, 1), Head("B", 2, 2)]);

        Assert.Equal(["Z", "B", "A"], Journal.OpenHeads().Select(h => h.PaymentId));
        Journal.Append([At(4, "B")], [Head("B", 2, 4) with { Open = false }]);
        Assert.Equal(["Z", "A"], Journal.OpenHeads().Select(h => h.PaymentId));
        Journal.Append([At(5, "B")], [Head("B", 2, 5)]);
        Assert.Equal(["Z", "B", "A"], Journal.OpenHeads().Select(h => h.PaymentId));
    }

    [Fact]
    public void The_newest_head_is_the_one_created_last_not_the_one_changed_last()
    {
        Journal.Append([At(1, "Z")], [Head("Z", 1, 1)]);
        Journal.Append([At(2, "A")], [Head("A", 2, 2)]);
        Journal.Append([At(3, "Z")], [Head("Z", 1, 3)]);

        Assert.Equal("A", Journal.NewestHeads(1)[0].PaymentId);
        Assert.Equal(["A", "Z"], Journal.NewestHeads(5).Select(h => h.PaymentId));
        Assert.Equal([Head("A", 2, 2), Head("Z", 1, 3)], Journal.ReadHeads(2, 10).OrderBy(h => h.PaymentId));
        Assert.Equal(["Z"], Journal.ReadHeads(3, 3).Select(h => h.PaymentId));
        Assert.Empty(Journal.ReadHeads(4, 10));
    }

    [Fact]
    public void A_fingerprint_finds_its_newest_payment()
    {
        Journal.Append([At(1, "Z")], [Head("Z", 1, 1) with { Fingerprint = "same" }]);
        Journal.Append([At(2, "A")], [Head("A", 2, 2) with { Fingerprint = "same" }]);
        Journal.Append([At(3, "Z")], [Head("Z", 1, 3) with { Fingerprint = "same" }]);

        Assert.Equal("A", Journal.FindByFingerprint("same", 1)!.PaymentId);
        Assert.Null(Journal.FindByFingerprint("SAME", 1));
        Journal.Append([At(4, "A")], [Head("A", 2, 4) with { Fingerprint = "later" }]);
        Assert.Equal("A", Journal.FindByFingerprint("later", 1)!.PaymentId);
    }

    [Fact]
    public void Everything_is_there_after_opening_again()
    {
        var epoch = Journal.Epoch;
        Journal.Append([At(1, "A"), At(2, "B")], [Head("A", 1, 1), Head("B", 2, 2) with { Open = false }]);
        Reopen();

        Assert.Equal(epoch, Journal.Epoch);
        Assert.Equal(2, Journal.Last!.Sequence);
        Assert.Equal([Head("A", 1, 1)], Journal.OpenHeads());
        Assert.Equal(Head("B", 2, 2) with { Open = false }, Journal.NewestHeads(5)[0]);
        Write("A", 3);
        Assert.Equal([1, 2, 3], Journal.Read(1, 10).Select(e => e.Sequence));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(4)]
    [InlineData(0)]
    public void An_entry_that_does_not_follow_the_last_one_is_refused(long sequence)
    {
        Write("A", 1, 2);

        Assert.Throws<JournalFailedException>(() => Write("B", sequence));
        Reopen();
        Assert.Equal([1, 2], Journal.Read(0, 10).Select(e => e.Sequence));
    }

    [Fact]
    public void An_append_is_written_whole_or_not_at_all()
    {
        Write("A", 1);

        Assert.Throws<JournalFailedException>(() => Write("B", 2, 4));
        Reopen();
        Assert.Equal(1, Journal.Last!.Sequence);
        Assert.Null(Journal.Find("B"));
        Assert.Null(Journal.FindByFingerprint("fB", 1));
    }

    [Fact]
    public void A_head_that_does_not_begin_at_an_entry_of_its_payment_is_refused_with_all_that_came_with_it()
    {
        Write("A", 1);

        Assert.Throws<JournalFailedException>(() => Journal.Append([At(2, "B")], [Head("B", 1, 2)]));
        Reopen();
        Assert.Throws<JournalFailedException>(() => Journal.Append([At(2, "B")], [Head("C", 2, 2)]));
        Reopen();
        Assert.Equal(1, Journal.Last!.Sequence);
        Assert.Equal([Head("A", 1, 1)], Journal.OpenHeads());
    }

    [Fact]
    public void After_a_failure_nothing_works_until_it_is_opened_again()
    {
        Write("A", 1);
        Assert.Throws<JournalFailedException>(() => Write("A", 9));

        Assert.Throws<JournalFailedException>(() => Write("A", 2));
        Assert.Throws<JournalFailedException>(() => Journal.Read(1, 1));
        Assert.Throws<JournalFailedException>(() => Journal.ReadPayment(Head("A", 1, 1)));
        Assert.Throws<JournalFailedException>(() => Journal.ReadHeads(1, 1));
        Assert.Throws<JournalFailedException>(() => Journal.OpenHeads());
        Assert.Throws<JournalFailedException>(() => Journal.Find("A"));
        Assert.Throws<JournalFailedException>(() => Journal.FindByFingerprint("A", 1));
        Assert.Throws<JournalFailedException>(() => Journal.NewestHeads(5)[0]);
        Assert.Throws<JournalFailedException>(() => Journal.NextCut);
        Assert.Throws<JournalFailedException>(() => Journal.Tend());
        Reopen();
        Write("A", 2);
        Assert.Equal(2, Journal.Last!.Sequence);
    }

    [Fact]
    public void A_ledger_that_opens_it_again_knows_what_it_knew()
    {
        var ledger = new Ledger(Journal);
        ledger.Pay(1);
        ledger.Commit([JournalOrders.Requested(2)], JournalOrders.At);
        ledger.Commit(JournalOrders.Approved(2), JournalOrders.At);
        ledger.Commit([JournalOrders.Requested(3)], JournalOrders.At);
        Reopen();
        var again = new Ledger(Journal);

        Assert.Equal(ledger.Open(), again.Open());
        Assert.Equal(2, again.Open().Count);
        Assert.Equal(ledger.Newest(), again.Newest());
        Assert.Equal(ledger.NextNumbers(), again.NextNumbers());
        Assert.Equal(ledger.LastSequence, again.LastSequence);
        Assert.Equal(JournalOrders.Id(1), again.FindByCode(JournalOrders.Sale(1).Fingerprint)!.Order.Id);
        Assert.Equal(ledger.Find(JournalOrders.Id(2)), again.FindByCode(JournalOrders.Sale(2).Fingerprint));
        Assert.Equal(5, again.ProofOf(JournalOrders.Id(1))!.Sequence);
        Assert.Equal(10, again.Commit([JournalOrders.Acknowledged(2)], JournalOrders.At).Sequence);
        Assert.Empty(new Audit(Journal).Everything());
    }

    void Reopen()
    {
        journal?.Dispose();
        journal = Open();
    }

    void Write(string payment, params long[] sequences) => Journal.Append(
        [.. sequences.Select(s => At(s, payment))],
        payment.Length == 0
            ? []
            : [Head(payment, Journal.Find(payment)?.FirstSequence ?? sequences[0], sequences[^1])]);

    static Entry At(long sequence, string payment) => new(sequence, payment, "kind", 1, "{}"u8.ToArray(), new byte[32]);

    static Head Head(string payment, long first, long last) => new(payment, 7, "f" + payment, true, first, last);
}
