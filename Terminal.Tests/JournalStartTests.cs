using Terminal.Checkout;
using Terminal.Device;
using Terminal.Journal;
using Terminal.Journal.Log;
using Terminal.Panel.Words;
using Terminal.Payments;
using Terminal.Payments.Charges;
using Terminal.Scanner;
using Terminal.Tests.Journal;
using static Terminal.Tests.Journal.JournalOrders;

namespace Terminal.Tests;

/// <summary>What a start makes of a journal or a key that cannot be trusted.</summary>
public sealed class JournalStartTests : IDisposable
{
    readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("start-");

    public void Dispose() => folder.Delete(recursive: true);

    JournalPlace Place => new(folder.FullName);

    string Key => Path.Combine(folder.FullName, "code.key");

    string Mark => Path.Combine(Place.Home, "order");

    [Fact]
    public void A_sound_journal_and_its_key_refuse_nothing()
    {
        Fill();

        using var start = Open();

        Assert.Null(start.Refusal);
        Assert.False(start.IsRescue);
        Assert.Equal(16, start.Store.Last!.Sequence);
    }

    [Theory]
    [InlineData("gone")]
    [InlineData("flipped")]
    [InlineData("short")]
    [InlineData("another")]
    [InlineData("a folder")]
    public void Without_the_key_of_used_codes_new_payments_stop_and_open_ones_go_on(string what)
    {
        Fill();
        var sound = File.ReadAllBytes(Key);
        switch (what)
        {
            case "gone": File.Delete(Key); break;
            case "flipped": TemporaryJournal.Flip(Key, 7); break;
            case "a folder":
                File.Delete(Key);
                Directory.CreateDirectory(Key);
                break;
            case "short": File.WriteAllBytes(Key, sound[..31]); break;
            default: KeyFile.Create(Key); break;
        }
        var before = File.Exists(Key) ? File.ReadAllBytes(Key) : null;

        using (var start = Open())
        {
            Assert.Equal(
                (FieldCodes.CodeKeyLost, RefusalReason.CodeKeyLost), (start.Refusal!.Code, start.Refusal.Reason));
            Assert.Contains("next step: that file from where it is whole", start.Refusal.Text);
            Assert.False(start.IsRescue);
            Assert.Equal(2, start.Ledger.Open().Count);
        }
        Assert.Equal(before, File.Exists(Key) ? File.ReadAllBytes(Key) : null);
        if (Directory.Exists(Key))
        {
            Directory.Delete(Key);
        }
        File.WriteAllBytes(Key, sound);
        using var again = Open();
        Assert.Null(again.Refusal);
    }

    [Fact]
    public void A_new_epoch_takes_the_key_that_is_there()
    {
        Fill();
        KeyFile.Create(Key);
        Place.BeginEpoch(At);

        using var start = Open();

        Assert.Null(start.Refusal);
    }

    [Fact]
    public void Of_a_damaged_journal_what_is_open_and_was_not_approved_may_be_cancelled()
    {
        Fill();
        DamageFrameOf(5);
        var before = Files();

        using (var start = Open())
        {
            Assert.True(start.IsRescue);
            Assert.Equal(FieldCodes.JournalDamaged, start.Refusal!.Code);
            Assert.Equal([Id(2), Id(3)], start.Ledger.Open().Select(t => t.Order.Id));
            Assert.Equal([Id(3)], start.MayCancel); // 2 is approved: perhaps the till has booked it.
            Assert.Throws<JournalFailedException>(Open); // One service alone has it.
        }

        Assert.Equal(before, Files());
    }

    [Fact]
    public void What_may_have_ended_in_what_is_lost_waits_for_a_person()
    {
        Fill();
        using (var journal = Place.Open(create: false))
        {
            new Ledger(journal).Pay(4);
        }
        DamageFrameOf(19);

        using var start = Open();

        Assert.All(
            start.Ledger.Open().Where(t => t.Order.Id == Id(3)),
            t => Assert.IsType<PaymentState.NeedsAttention>(t.Payment));
        Assert.Empty(start.MayCancel);
    }

    [Fact]
    public void A_damaged_journal_in_which_nothing_is_open_ends_the_start()
    {
        using (var journal = Place.Open(create: true))
        {
            var ledger = new Ledger(journal);
            ledger.Pay(1);
            ledger.Pay(2);
        }
        DamageFrameOf(5);

        Assert.True(Assert.Throws<JournalFailedException>(Open).IsDamage);
        new JournalPlace(folder.FullName).BeginEpoch(At); // Nobody holds it any more.
    }

    [Theory]
    [InlineData("a folder", false)]
    [InlineData("a folder", true)]
    [InlineData("a link to nothing", false)]
    [InlineData("a link to nothing", true)]
    public void With_nothing_open_a_key_that_cannot_be_read_ends_the_start_as_a_failure_of_the_disk(
        string what, bool isBound)
    {
        if (isBound)
        {
            using var before = Open();
            before.Ledger.Pay(1);
        }
        Spoil(what, Key);

        using var start = JournalStart.Open(Place, At);

        var failure = Assert.Throws<JournalFailedException>(() => start.Seal(Key, CodeTable.Default));
        Assert.Contains("check the disk", failure.Message);
        Assert.Null(start.Refusal);
    }

    [Fact]
    public void Without_a_readable_key_what_is_open_is_ended_and_then_the_process()
    {
        using (var before = Open())
        {
            before.Ledger.Commit([Requested(1)], At);
        }
        Spoil("a folder", Key);

        using var start = Open();

        Assert.Equal(RefusalReason.CodeKeyLost, start.Refusal!.Reason);
        AssertEndsOnceNothingIsOpen(start);
    }

    [Theory]
    [InlineData("a folder")]
    [InlineData("a link to nothing")]
    public void Without_the_mark_of_the_newest_order_none_is_accepted_and_what_is_open_is_ended(string what)
    {
        using (var before = Open())
        {
            before.Ledger.Commit([Requested(1)], At);
        }
        Spoil(what, Mark);

        using (var start = Open())
        {
            Assert.Equal(
                (FieldCodes.JournalDown, RefusalReason.JournalDown), (start.Refusal!.Code, start.Refusal.Reason));
            Assert.Null(start.Accepted);
            AssertEndsOnceNothingIsOpen(start);
        }
        Assert.ThrowsAny<SystemException>(Open); // Nothing is open: an I/O error of the state folder.
        new JournalPlace(folder.FullName).BeginEpoch(At); // Nobody holds it any more.
    }

    [Fact]
    public void A_lost_key_does_not_come_back_by_starting_again()
    {
        using (var before = Open())
        {
            before.Ledger.Pay(1);
        }
        File.Delete(Key);

        using var start = Open();

        Assert.Equal(RefusalReason.CodeKeyLost, start.Refusal!.Reason);
        Assert.Empty(Said(start, new ManualTime(), minutes: 3));
    }

    /// <summary>And once the till had the time to ask what became of it.</summary>
    static void AssertEndsOnceNothingIsOpen(JournalStart start)
    {
        var (time, inbox) = (new ManualTime(), new Inbox());
        var step = start.EndWith(inbox, time);
        time.Advance(TimeSpan.FromMinutes(3));
        Assert.Empty(Lost(step, inbox));
        start.Ledger.Commit([.. Approved(1), Acknowledged(1), Completed(1)], At);
        Assert.Contains("check the disk", Assert.Single(Lost(step, inbox)).Why);

        Assert.Empty(Said(start, new ManualTime(), minutes: 2));
    }

    static IReadOnlyList<LoopInput.JournalLost> Said(JournalStart start, ManualTime time, int minutes)
    {
        var inbox = new Inbox();
        var step = start.EndWith(inbox, time);
        time.Advance(TimeSpan.FromMinutes(minutes));
        return Lost(step, inbox);
    }

    static IReadOnlyList<LoopInput.JournalLost> Lost(
        Action<DeskState, Transition<DeskState>> step, Inbox inbox)
    {
        step(DeskState.Empty, new(DeskState.Empty, []));
        List<LoopInput> said = [];
        while (inbox.Reader.TryRead(out var input))
        {
            said.Add(input);
        }
        return [.. said.OfType<LoopInput.JournalLost>()];
    }

    static void Spoil(string what, string path)
    {
        File.Delete(path);
        if (what == "a folder")
        {
            Directory.CreateDirectory(path);
        }
        else
        {
            File.CreateSymbolicLink(path, "/nowhere/at-all");
        }
    }

    JournalStart Open()
    {
        var start = JournalStart.Open(Place, At);
        start.Seal(Key, CodeTable.Default);
        return start;
    }

    // Payment 1 is closed (1-5), 2 is offered (6-8), entries 9-15 are of a closed one, 3 is requested (16).
    void Fill()
    {
        using var start = Open();
        var ledger = start.Ledger;
        ledger.Pay(1);
        ledger.Commit([Requested(2)], At);
        ledger.Commit(Approved(2), At);
        ledger.Pay(10);
        ledger.Commit([new(Id(11), new Fact.PeriodClosed(EndOfDay(11))), Acknowledged(11)], At);
        ledger.Commit([Requested(3)], At);
    }

    void DamageFrameOf(long sequence)
    {
        var file = Path.Combine(Place.Home, LogFiles.Slots[0]);
        var bytes = File.ReadAllBytes(file);
        for (var at = 0; (at = LogFrame.Next(bytes, at)) >= 0; at++)
        {
            if (LogFrame.ReadHeader(bytes.AsSpan(at)) is ({ Kind: FrameKind.Entries } frame, _) &&
                frame.Last == sequence)
            {
                TemporaryJournal.Flip(file, at + LogFrame.HeaderLength + 20);
            }
        }
    }

    Dictionary<string, string> Files() => Directory.GetFiles(Place.Home)
        .ToDictionary(f => Path.GetFileName(f), f => Convert.ToHexString(File.ReadAllBytes(f)));
}
