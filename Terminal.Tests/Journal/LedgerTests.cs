using Sandbox.Journal;
using Terminal.Journal;
using Terminal.Journal.Upkeep;
using Terminal.Payments;
using Terminal.Payments.Answers;
using Terminal.Payments.Charges;
using static Terminal.Tests.Journal.JournalOrders;

namespace Terminal.Tests.Journal;

public sealed class LedgerTests : IDisposable
{
    readonly MemoryJournal journal = new();

    public void Dispose() => journal.Dispose();

    /// <summary>An order that waited is found by its code once that has come, and not before.</summary>
    [Fact]
    public void An_order_is_found_by_the_code_that_came_later()
    {
        using var journal = new MemoryJournal();
        var ledger = new Ledger(journal);
        var ordered = JournalOrders.Sale(1) with { Fingerprint = "" };
        ledger.Commit([new(ordered.Id, new Fact.Ordered(ordered))], JournalOrders.At);
        Assert.Null(ledger.FindByCode(JournalOrders.Sale(1).Fingerprint));
        Assert.IsType<PaymentState.Created>(new Ledger(journal).Open().Single().Payment);

        ledger.Commit([JournalOrders.Requested(1)], JournalOrders.At);
        Assert.Equal(ordered.Id, new Ledger(journal).FindByCode(JournalOrders.Sale(1).Fingerprint)!.Order.Id);
        Assert.Equal((1, true), (new Ledger(journal).Newest()!.Order.Receipt, new Ledger(journal).Open().Count == 1));
    }

    [Fact]
    public void A_new_journal_begins_with_receipt_1_and_knows_nothing()
    {
        var ledger = new Ledger(journal);

        Assert.Equal((1, 1), ledger.NextNumbers());
        Assert.Null(ledger.Newest());
        Assert.Empty(ledger.Open());
        Assert.Empty(new Audit(journal).Everything());
        Assert.Null(ledger.ProofOf(Id(1)));
        Assert.Equal(0, ledger.LastSequence);
    }

    [Fact]
    public void A_payment_stays_open_until_the_register_acknowledged_its_approval()
    {
        var ledger = new Ledger(journal);

        ledger.Commit([Requested(1)], At);
        Assert.IsType<PaymentState.Interrupted>(Assert.Single(ledger.Open()).Payment);
        ledger.Commit(Approved(1), At);
        Assert.IsType<DeliveryState.Held>(Assert.Single(ledger.Open()).Delivery);
        ledger.Commit([Acknowledged(1)], At);

        Assert.Empty(ledger.Open());
        Assert.IsType<DeliveryState.Acknowledged>(ledger.Newest()!.Delivery);
    }

    [Fact]
    public void A_commit_proves_its_newest_entry()
    {
        var ledger = new Ledger(journal);

        Assert.Equal(1, ledger.Commit([Requested(1)], At).Sequence);
        Assert.Equal(3, ledger.Commit(Approved(1), At).Sequence);
        Assert.Equal(4, ledger.Commit([Requested(2)], At).Sequence);
        Assert.Equal(3, ledger.ProofOf(Id(1))!.Sequence);
        Assert.Equal(4, ledger.ProofOf(Id(2))!.Sequence);
    }

    [Fact]
    public void A_closed_payment_that_is_not_the_newest_is_read_back_when_a_fact_reaches_it()
    {
        var ledger = new Ledger(journal);
        ledger.Commit([Requested(1)], At);
        ledger.Commit([.. Approved(1), Acknowledged(1)], At);
        ledger.Pay(2);

        Assert.Equal(4, ledger.ProofOf(Id(1))!.Sequence);
        ledger.Commit([new(Id(1), new Fact.Completed())], At);
        Assert.IsType<DeliveryState.Completed>(ledger.Find(Id(1))!.Delivery);
        Assert.Equal(ledger.Find(Id(1)), ledger.Find(journal.Find(Id(1).Value)!));
        ledger.Commit([new(Id(1), new Fact.Cancelling(CancelCause.Reversed))], At);

        Assert.Equal(Id(1), Assert.Single(ledger.Open()).Order.Id);
        Assert.Equal(Id(2), ledger.Newest()!.Order.Id);
        Assert.Empty(new Audit(journal).Everything());
    }

    [Fact]
    public void Open_payments_come_oldest_first()
    {
        var ledger = new Ledger(journal);
        for (var n = 1; n <= 5; n++)
        {
            ledger.Commit([Requested(n)], At);
        }
        ledger.Commit(Approved(2), At);
        ledger.Commit([Acknowledged(2)], At);

        Assert.Equal([Id(1), Id(3), Id(4), Id(5)], ledger.Open().Select(t => t.Order.Id));
    }

    [Fact]
    public void One_commit_may_begin_one_payment_and_move_another()
    {
        var ledger = new Ledger(journal);
        ledger.Commit([Requested(1)], At);

        ledger.Commit([.. Approved(1), Requested(2), Acknowledged(1)], At);

        Assert.Equal(Id(2), Assert.Single(ledger.Open()).Order.Id);
        Assert.Empty(new Audit(journal).Everything());
    }

    [Theory]
    [InlineData(1, 2)]
    [InlineData(9998, 9999)]
    [InlineData(9999, 1)]
    public void Receipt_numbers_wrap_after_9999(int last, int next)
    {
        var ledger = new Ledger(journal);
        ledger.Commit([new(Id(1), new Fact.Requested(Sale(1) with { Receipt = last }))], At);

        Assert.Equal(next, ledger.NextNumbers().Receipt);
        Assert.Equal(next, ledger.NextNumbers().Receipt);
        Assert.Equal(next, new Ledger(journal.Crash()).NextNumbers().Receipt);
    }

    [Theory]
    [InlineData(999_998, 999_999)]
    [InlineData(999_999, 1)]
    public void Trace_numbers_wrap_after_999999(int last, int next)
    {
        var ledger = new Ledger(journal);
        ledger.Commit([new(Id(1), new Fact.Requested(Sale(1) with { Trace = last }))], At);

        Assert.Equal(next, ledger.NextNumbers().Trace);
    }

    [Fact]
    public void The_newest_payment_with_a_code_is_found_by_it()
    {
        var ledger = new Ledger(journal);
        ledger.Pay(1);
        ledger.Pay(2);
        ledger.Commit([new(Id(3), new Fact.Requested(Sale(3) with { Fingerprint = Sale(1).Fingerprint }))], At);

        Assert.Equal(Id(3), ledger.FindByCode(Sale(1).Fingerprint)!.Order.Id);
        Assert.Equal(Id(2), ledger.FindByCode(Sale(2).Fingerprint)!.Order.Id);
        Assert.Null(ledger.FindByCode(Sale(9).Fingerprint));
    }

    [Theory]
    [InlineData(JournalFault.BeforeWriting)]
    [InlineData(JournalFault.AfterWriting)]
    public void After_a_failure_nothing_is_written_and_what_was_durable_can_still_be_cancelled(JournalFault fault)
    {
        var ledger = new Ledger(journal);
        ledger.Commit([Requested(1)], At);
        journal.FailNext = fault;

        var first = Assert.Throws<JournalFailedException>(() => ledger.Commit([Requested(2)], At));
        // The store is not asked again: what failed first is all that is ever told.
        var write = Assert.Throws<JournalFailedException>(() => ledger.Commit([Acknowledged(1)], At));
        var read = Assert.Throws<JournalFailedException>(() => ledger.FindByCode("f"));
        Assert.Same(first, write.InnerException);
        Assert.Same(first, read.InnerException);
        Assert.Equal(1, ledger.ProofOf(Id(1))!.Sequence);
        Assert.Null(ledger.ProofOf(Id(2)));
        Assert.Equal(1, ledger.LastSequence);
    }

    [Theory]
    [InlineData(JournalFault.BeforeWriting, 0)]
    [InlineData(JournalFault.AfterWriting, 1)]
    public void A_restart_finds_out_what_a_failed_commit_left(JournalFault fault, int payments)
    {
        var ledger = new Ledger(journal);
        journal.FailNext = fault;
        Assert.Throws<JournalFailedException>(() => ledger.Commit([Requested(1)], At));

        var after = journal.Crash();

        Assert.Equal(payments, new Ledger(after).Open().Count);
        Assert.Empty(new Audit(after).Everything());
    }

    [Fact]
    public void A_fact_of_an_unknown_payment_is_a_bug_and_writes_nothing()
    {
        var ledger = new Ledger(journal);

        Assert.Throws<ArgumentException>(() => ledger.Commit([Requested(1), Acknowledged(2)], At));
        Assert.Null(journal.Last);
        ledger.Commit([Requested(1)], At);
        Assert.Equal(1, journal.Last!.Sequence);
    }

    [Fact]
    public void No_other_type_can_prove_durability()
    {
        var all = new[] { typeof(Ledger).Assembly, typeof(MemoryJournal).Assembly, typeof(LedgerTests).Assembly }
            .SelectMany(a => a.GetTypes());

        var proof = Assert.Single(all, t => t.IsSubclassOf(typeof(Durable)));
        Assert.Equal(typeof(Ledger), proof.DeclaringType);
        Assert.True(proof.IsNestedPrivate && proof.IsSealed);
        Assert.True(typeof(Durable).IsAbstract);
        Assert.All(typeof(Durable).GetConstructors(Everything), c => Assert.True(c.IsFamilyAndAssembly));
    }

    const System.Reflection.BindingFlags Everything = System.Reflection.BindingFlags.Instance |
        System.Reflection.BindingFlags.Public | System.Reflection.BindingFlags.NonPublic;
}
