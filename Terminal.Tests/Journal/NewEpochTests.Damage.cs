using Terminal.Journal;
using Terminal.Payments;
using static Terminal.Tests.Journal.Orders;

namespace Terminal.Tests.Journal;

public sealed partial class NewEpochTests
{
    [Fact]
    public void Of_every_page_that_is_lost_the_rest_goes_on()
    {
        using (var journal = Place.Open(null, create: true))
        {
            new Ledger(journal).PayAll(10, 109);
        }
        var whole = File.ReadAllBytes(Journal);
        for (var page = 0; page < whole.Length / 4096; page++)
        {
            var damaged = whole.ToArray();
            damaged.AsSpan(page * 4096, 4096).Fill(0x5A);

            Assert.True(Rescue(damaged) > 450, $"page {page}");
        }
    }

    [Theory]
    [InlineData("UPDATE meta SET value = 'x' WHERE name = 'anchor'")]
    [InlineData("UPDATE meta SET value = 'x' WHERE name = 'epoch'")]
    [InlineData("UPDATE meta SET value = '99' WHERE name = 'acknowledged'")]
    [InlineData("DROP TABLE meta")]
    public void Whatever_keeps_the_journal_from_opening_every_entry_goes_on(string sql)
    {
        Tamper(sql);

        Assert.Equal(14, Rescue(File.ReadAllBytes(Journal)));
    }

    [Fact]
    public void Where_the_end_is_lost_and_a_head_tells_of_it_what_was_open_wants_a_person()
    {
        Tamper("DELETE FROM entry WHERE sequence > 12; VACUUM");

        Place.BeginEpoch(null, At);

        using var journal = Place.Open(null, create: true);
        Assert.Contains(journal.Read(1, 9), e => e.Kind == "evidence" && Body(e).Contains("13,\"verdict\":\"missing"));
        Assert.IsType<PaymentState.NeedsAttention>(new Ledger(journal).Find(Id(3))!.Payment);
    }

    [Fact]
    public void What_was_dropped_stays_behind_and_is_not_missing()
    {
        using (var journal = Place.Open(null, create: true))
        {
            journal.Drop(new(5, journal.Read(5, 1)[0].Hash));
        }

        Place.BeginEpoch(null, At);

        using var next = Place.Open(null, create: true);
        Assert.Equal("{\"sequences\":[6,7,8,9,10,11,12,13,14]}", Body(next.Read(2, 1)[0]));
    }

    /// <summary>Begins an epoch and checks it against what a salvage finds sound.</summary>
    /// <returns>How many entries were found sound.</returns>
    int Rescue(byte[] damaged)
    {
        Restart(damaged);
        Entry[] sound;
        using (var salvage = new Salvage(Journal, before))
        {
            sound = [.. salvage.Entries()
                .Where(s => s.Verdict is SalvageVerdict.Intact or SalvageVerdict.Unchained).Select(s => s.Entry!)];
        }

        Place.BeginEpoch(null, At);

        using var journal = Place.Open(null, create: true);
        var ledger = new Ledger(journal);
        Assert.Empty(ledger.Verify());
        foreach (var payment in sound.GroupBy(e => e.PaymentId).Where(p => p.First().Kind == "requested"))
        {
            var request = (Fact.Requested)FactCodec.Decode(payment.First());
            var found = ledger.FindByCode(request.Sale.Fingerprint)!;
            Assert.Equal(payment.Key, found.Sale.Id.Value);
            var carried = journal.ReadPayment(journal.Find(payment.Key)!);
            Assert.Equal(payment.Select(Body), carried.Take(payment.Count()).Select(Body));
            Assert.True(carried.Count == payment.Count() || found.Payment is PaymentState.NeedsAttention);
        }
        foreach (var open in sound.Where(e => e.Kind == "requested").Select(e => new PaymentId(e.PaymentId)))
        {
            Assert.True(open != Id(3) && open != Id(4) || ledger.Open().Any(t => t.Sale.Id == open));
        }
        return sound.Length;
    }
}
