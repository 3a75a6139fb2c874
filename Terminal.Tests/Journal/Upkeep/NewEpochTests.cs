using System.Text;
using Sandbox.Journal;
using Terminal.Journal;
using Terminal.Journal.Upkeep;
using Terminal.Payments;
using Terminal.Payments.Answers;
using Terminal.Payments.Charges;
using static Terminal.Tests.Journal.JournalOrders;

namespace Terminal.Tests.Journal.Upkeep;

/// <summary>A journal that is damaged, gone or an old image, and what of it goes on.</summary>
public sealed class NewEpochTests : NewEpochScene
{
    [Fact]
    public void Of_a_journal_with_a_bad_frame_goes_on_what_was_before_it_and_what_was_behind_it()
    {
        Damage(sequence: 13); // Paid and offered, of payment 3; behind it payment 4 was requested.
        var whole = Files(Place.Home);
        Assert.True(Assert.Throws<JournalFailedException>(() => Place.Open(create: true)).IsDamage);

        Place.BeginEpoch(At);

        using var next = Place.Open(create: false);
        var after = new Ledger(next);
        Assert.Empty(new Audit(next).Everything());
        Assert.IsType<PaymentState.NeedsAttention>(after.Find(Id(3))!.Payment);
        Assert.IsType<PaymentState.Interrupted>(after.Find(Id(4))!.Payment);
        Assert.Equal(whole, Files(Aside));
    }

    [Fact]
    public void Open_payments_codes_and_numbers_go_on_and_entries_are_as_they_were()
    {
        Place.BeginEpoch(At);

        using var journal = Place.Open(create: true);
        var ledger = new Ledger(journal);
        Assert.NotEqual(before, journal.Epoch);
        Assert.Empty(new Audit(journal).Everything());
        Assert.Equal([Id(3), Id(4)], ledger.Open().Select(t => t.Order.Id));
        Assert.IsType<DeliveryState.Held>(ledger.Find(Id(3))!.Delivery);
        Assert.IsType<PaymentState.Interrupted>(ledger.Find(Id(4))!.Payment);
        for (var n = 1; n <= 4; n++)
        {
            Assert.Equal(Id(n), ledger.FindByCode(Sale(n).Fingerprint)!.Order.Id);
        }
        Assert.Equal((5, 5), ledger.NextNumbers());
        Assert.Equal(0, journal.Acknowledged);
        Assert.Equal("epoch-began", journal.Read(1, 1)[0].Kind);
        Assert.Contains($"\"before\":\"{before}\",\"last\":14", Body(journal.Read(1, 1)[0]));
        Assert.Equal("{\"sequences\":[1,2,3,4,5,6,7,8,9,10,11,12,13,14]}", Body(journal.Read(2, 1)[0]));

        using var old = new PaymentJournal(Aside, isReadOnly: true);
        Same.Entries(
            old.Read(1, 100),
            [.. journal.Read(3, 100).Select((e, i) => e with { Sequence = i + 1, Hash = old.Read(i + 1, 1)[0].Hash })]);
    }

    [Fact]
    public void The_open_business_period_goes_on_however_long_it_lasts()
    {
        using (var journal = Place.Open(create: true))
        {
            var ledger = new Ledger(journal);
            ledger.Commit([new(Id(5), new Fact.PeriodClosed(EndOfDay(5))), Acknowledged(5), Completed(5)], At);
            ledger.Pay(6);
            var later = new Stamp(At.UnixMilliseconds + (long)TimeSpan.FromDays(3).TotalMilliseconds);
            for (var n = 7; n < 7 + CarryOver.NewestPayments; n++)
            {
                ledger.Commit([Requested(n), .. Approved(n), Acknowledged(n), Completed(n)], later);
            }
            journal.Acknowledge(ledger.LastSequence);
        }

        Place.BeginEpoch(At);

        using var fresh = Place.Open(create: true);
        var again = new Ledger(fresh);
        Assert.Equal([Id(6)], again.FindByReceipt(6, again.PeriodStart).Select(t => t.Order.Id));
        Assert.Equal(CarryOver.NewestPayments + 1, again.Accounts().Total().Sales.Count);
        Assert.Null(again.FindByCode(Sale(1).Fingerprint));
    }

    [Fact]
    [Trait("kind", "instrument")]
    public void Before_the_first_end_of_day_the_period_is_all_that_a_receipt_number_can_name()
    {
        using (var journal = Place.Open(create: true))
        {
            var ledger = new Ledger(journal);
            var later = new Stamp(At.UnixMilliseconds + (long)TimeSpan.FromDays(3).TotalMilliseconds);
            foreach (var some in Enumerable.Range(5, CarryOver.MostUnclosed - 3).Chunk(500))
            {
                ledger.Commit(
                    [.. some.SelectMany(n => (Effect.Record[])[Requested(n), .. Approved(n), Acknowledged(n)])], later);
            }
            journal.Acknowledge(ledger.LastSequence);
        }

        Place.BeginEpoch(At);

        using var fresh = Place.Open(create: true);
        var again = new Ledger(fresh);
        Assert.Null(again.FindByCode(Sale(1).Fingerprint));
        Assert.Equal([Id(2)], again.FindByReceipt(2, again.PeriodStart).Select(t => t.Order.Id));
        Assert.Equal(CarryOver.MostUnclosed - 2, again.Accounts().Total().Sales.Count);
    }

    [Fact]
    public void A_payment_without_its_request_is_evidence_only()
    {
        Damage(sequence: 11);

        Place.BeginEpoch(At);

        using var journal = Place.Open(create: true);
        var evidence = journal.Read(1, 100).Where(e => e.Kind == "evidence").Select(Body).ToArray();
        Assert.Contains(evidence, e => e.Contains("11,\"verdict\":\"missing"));
        Assert.Contains(evidence, e => e.Contains("13,\"verdict\":\"does not follow"));
        Assert.Equal([Id(4)], new Ledger(journal).Open().Select(t => t.Order.Id));
    }

    [Fact]
    public void Of_a_journal_that_is_gone_the_new_epoch_says_which_it_was()
    {
        Directory.Delete(Place.Home, recursive: true);

        Place.BeginEpoch(At);

        using var journal = Place.Open(create: true);
        Assert.Empty(new Ledger(journal).Open());
        Assert.Contains($"\"before\":\"{before}\",\"last\":0", Body(journal.Read(1, 1)[0]));
        Assert.Equal("evidence", journal.Read(2, 1)[0].Kind);
    }

    [Fact]
    public void Rubbish_in_its_place_is_set_aside_untouched()
    {
        var rubbish = Encoding.ASCII.GetBytes(new string('x', 9000));
        foreach (var file in Directory.GetFiles(Place.Home))
        {
            File.WriteAllBytes(file, rubbish);
        }
        File.WriteAllText(Path.Combine(folder.FullName, "journal.json"), "rubbish");
        var e = Assert.Throws<JournalFailedException>(() => Place.BeginEpoch(At));
        Assert.Contains("--without-history", e.Message);
        Assert.Empty(folder.GetDirectories("*.aside"));

        Place.BeginEpoch(At, empty: true);

        Place.Open(create: true).Dispose();
        var aside = Assert.Single(folder.GetDirectories("*.aside"));
        Assert.Equal(rubbish, File.ReadAllBytes(Path.Combine(aside.FullName, "journal", "log.0")));
    }

    [Fact]
    public void A_power_cut_after_the_decision_finishes_it_and_carries_nothing_twice()
    {
        Place.BeginEpoch(At);
        string epoch;
        using (var journal = Place.Open(create: true))
        {
            epoch = journal.Epoch;
        }
        Directory.Move(Place.Home, Path.Combine(folder.FullName, $"journal-{epoch}-2.draft"));
        Directory.Move(Aside, Place.Home);

        using var again = Place.Open(create: true);
        Assert.Equal(epoch, again.Epoch);
        Assert.Equal(16, again.Last!.Sequence);
    }

    [Fact]
    public void Old_payments_that_are_whole_at_the_head_office_stay_behind()
    {
        var late = new Stamp(At.UnixMilliseconds + (long)TimeSpan.FromDays(3).TotalMilliseconds);
        using (var journal = Place.Open(create: true))
        {
            var ledger = new Ledger(journal);
            ledger.Commit([new(Id(5), new Fact.PeriodClosed(EndOfDay(5))), Acknowledged(5), Completed(5)], At);
            for (var n = 10; n < 10 + CarryOver.NewestPayments; n++)
            {
                ledger.Commit([Requested(n), .. Approved(n), Acknowledged(n), Completed(n)], late);
            }
            journal.Acknowledge(journal.Last!.Sequence);
        }

        Place.BeginEpoch(At);

        using var next = Place.Open(create: true);
        var heads = next.Heads();
        Assert.Equal(CarryOver.NewestPayments + 3, heads.Count);
        Assert.Equal([Id(3).Value, Id(4).Value, Id(5).Value], heads.Take(3).Select(h => h.PaymentId));
        Assert.Empty(new Audit(next).Everything());
    }
}
