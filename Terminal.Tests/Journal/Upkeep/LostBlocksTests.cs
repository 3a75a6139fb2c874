using Sandbox.Journal;
using Terminal.Journal;
using Terminal.Journal.Log;
using Terminal.Journal.Upkeep;
using Terminal.Payments;
using Terminal.Payments.Answers;
using Terminal.Payments.Charges;
using Terminal.Payments.Orders;
using static Terminal.Tests.Journal.JournalOrders;

namespace Terminal.Tests.Journal.Upkeep;

/// <summary>Whatever is lost of a journal, the rest goes on.</summary>
public sealed class LostBlocksTests : NewEpochScene
{
    [Fact]
    [Trait("kind", "instrument")]
    public void Of_every_block_that_is_lost_the_rest_goes_on()
    {
        Shorten();
        using (var journal = Place.Open(create: true))
        {
            var ledger = new Ledger(journal);
            for (var n = 10; n < 40; n++)
            {
                ledger.Pay(n);
            }
            while (journal.Tend())
            {
            }
        }
        var whole = Directory.GetFiles(Place.Home).ToDictionary(f => Path.GetFileName(f)!, File.ReadAllBytes);
        Assert.Contains(whole.Keys, name => name.EndsWith(".sealed", StringComparison.Ordinal));
        foreach (var (name, bytes) in whole.Where(f => f.Value.Length > 0))
        {
            for (var at = 0; at < bytes.Length; at += 2 * LogFrame.Block)
            {
                var damaged = bytes.ToArray();
                damaged.AsSpan(at, Math.Min(LogFrame.Block, bytes.Length - at)).Fill(0x5A);

                Assert.True(Rescue(new(whole) { [name] = damaged }) > 100, $"{name} at {at}");
            }
        }
    }

    [Fact]
    public void Where_the_end_is_lost_and_the_bound_tells_of_it_what_was_open_wants_a_person()
    {
        using (var journal = Place.Open(create: true))
        {
            Assert.Equal(14, journal.Last!.Sequence); // And as it is closed, it had reached entry 14.
        }
        Damage(sequence: 13);
        Damage(sequence: 14);
        Assert.Contains("it had reached entry 14",
            Assert.Throws<JournalFailedException>(() => Place.Open(create: true)).Message);

        Place.BeginEpoch(At);

        using var next = Place.Open(create: true);
        Assert.Contains(next.Read(1, 9), e => e.Kind == "evidence" && Body(e).Contains("14,\"verdict\":\"missing"));
        Assert.IsType<PaymentState.NeedsAttention>(new Ledger(next).Find(Id(3))!.Payment);
    }

    [Fact]
    public void What_was_dropped_stays_behind_and_is_not_missing()
    {
        Shorten(room: 512 << 10);
        long dropped;
        using (var journal = Place.Open(create: true))
        {
            var ledger = new Ledger(journal);
            ledger.Commit([Acknowledged(3), Completed(3), new(Id(4), new Fact.Failed(new(NotPaidReason.Refused))),
                new(Id(4), new Fact.Offered(new Outcome.Rejected(new(NotPaidReason.Refused)))),
                Acknowledged(4), Completed(4)], At);
            ledger.PayAll(10, 10 + (2 * RecentPayments.Fewest));
            while (journal.Tend())
            {
            }
            journal.Acknowledge(ledger.LastSequence);
            ledger.Commit([new(Id(9000), new Fact.PeriodClosed(EndOfDay(9000)))], At);
            var later = new Stamp(At.UnixMilliseconds + 1);
            for (var n = 0; n < 60; n++)
            {
                later = new(later.UnixMilliseconds + (long)TimeSpan.FromHours(1).TotalMilliseconds);
                ledger.Commit([Requested(9001 + n), .. Approved(9001 + n), Acknowledged(9001 + n)], later);
            }
            ledger.PayEach(9100, 9500);
            while (journal.NextCut is { } cut)
            {
                journal.Drop(cut);
            }
            dropped = journal.Anchor.Sequence;
        }
        Assert.InRange(dropped, 100, 9000);

        Place.BeginEpoch(At);

        using var next = Place.Open(create: true);
        Assert.DoesNotContain(next.Read(1, 20), e => e.Kind == "evidence" && Body(e).Contains("missing"));
        Assert.Equal("epoch-began", next.Read(1, 1)[0].Kind);
    }

    /// <summary>The same journal in short segments.</summary>
    void Shorten(int room = 64 << 10)
    {
        using var old = new PaymentJournal(Place.Home, isReadOnly: true);
        var entries = old.Read(1, int.MaxValue);
        var heads = old.Heads();
        var epoch = old.Epoch;
        Directory.Delete(Place.Home, recursive: true);
        using var made = Journals.At(Place.Home, room, epoch);
        made.Append(entries, heads);
        made.Acknowledge(6);
    }

    /// <summary>Begins an epoch and checks it against what a salvage finds sound.</summary>
    /// <returns>How many entries were found sound.</returns>
    int Rescue(Dictionary<string, byte[]> damaged)
    {
        folder.Delete(recursive: true);
        Directory.CreateDirectory(Place.Home);
        foreach (var (name, bytes) in damaged)
        {
            File.WriteAllBytes(Path.Combine(Place.Home, name), bytes);
        }
        new JournalIdentity(before, 1, "").Write(Path.Combine(folder.FullName, "journal.json"));
        Entry[] sound;
        using (var salvage = new Salvage(Place.Home, before))
        {
            sound = [.. salvage.Entries()
                .Where(s => s.Verdict is SalvageVerdict.Intact or SalvageVerdict.Unchained).Select(s => s.Entry!)];
        }

        Place.BeginEpoch(At);

        using var journal = Place.Open(create: true);
        var ledger = new Ledger(journal);
        Assert.Empty(new Audit(journal).Everything());
        foreach (var payment in sound.GroupBy(e => e.PaymentId).Where(p => p.First().Kind == "requested"))
        {
            var request = (Fact.Requested)FactCodec.Decode(payment.First());
            var found = ledger.FindByCode(request.Sale.Fingerprint)!;
            Assert.Equal(payment.Key, found.Order.Id.Value);
            var carried = journal.ReadPayment(journal.Find(payment.Key)!);
            Assert.Equal(payment.Select(Body), carried.Take(payment.Count()).Select(Body));
            Assert.True(carried.Count == payment.Count() || found.Payment is PaymentState.NeedsAttention);
        }
        foreach (var open in sound.Where(e => e.Kind == "requested").Select(e => new PaymentId(e.PaymentId)))
        {
            Assert.True(open != Id(3) && open != Id(4) || ledger.Open().Any(t => t.Order.Id == open));
        }
        return sound.Length;
    }
}
