using Sandbox.Journal;
using Terminal.Journal;
using Terminal.Journal.Log;
using Terminal.Journal.Upkeep;
using Terminal.Payments;
using Terminal.Payments.Orders;
using static Terminal.Tests.Journal.JournalOrders;

namespace Terminal.Tests.Journal.Upkeep;

public sealed class MaintenanceTests : IDisposable
{
    static readonly DeskState Idle = DeskState.Empty;
    static readonly DeskState Paying = Idle with { Lane = new LaneState.Paying(Id(1), Moment.Never) };

    readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("maintenance-");
    readonly ManualTime time = new();
    readonly MemoryJournal journal = new();
    readonly List<(bool IsGood, string Text)> reports = [];
    readonly Ledger ledger;
    readonly Maintenance maintenance;

    public MaintenanceTests()
    {
        ledger = new(journal);
        maintenance = Of(journal);
    }

    public void Dispose()
    {
        journal.Dispose();
        folder.Delete(recursive: true);
    }

    [Fact]
    public void Nothing_is_done_before_the_lane_was_idle_for_a_while()
    {
        Assert.Equal(Now + Maintenance.Quiet, maintenance.WakeAt);
        maintenance.Watch(Idle, Paying);
        Assert.Equal(Moment.Never, maintenance.WakeAt);
        maintenance.Watch(Paying, Paying);
        time.Advance(TimeSpan.FromSeconds(20));
        maintenance.Watch(Paying, Idle);
        var at = Now + Maintenance.Quiet;
        Assert.Equal(at, maintenance.WakeAt);
        time.Advance(TimeSpan.FromSeconds(1));
        maintenance.Watch(Idle, Idle);
        Assert.Equal(at, maintenance.WakeAt);
    }

    [Fact]
    public void All_of_it_is_read_after_a_start_in_slices_and_again_a_day_later()
    {
        Fill(1, 100);

        var slices = RunUntilReported();

        Assert.Equal((true, "journal: read up to entry 500, nothing is wrong"), Assert.Single(reports));
        Assert.InRange(slices, 7, 20);
        Assert.InRange((maintenance.WakeAt - Now).TotalSeconds, 1, 60);
        var read = Now;
        Fill(101, 200);
        RunUntilReported();
        Assert.InRange((Now - read).TotalHours, 24, 24.1);
        Assert.Equal((true, "journal: read up to entry 1000, nothing is wrong"), reports[^1]);
    }

    [Fact]
    public void Payments_and_what_is_dropped_between_slices_are_no_damage()
    {
        Fill(1, 300);
        journal.Acknowledge(journal.Last!.Sequence);
        ledger.Commit([Requested(400)], At);

        for (var n = 301; reports.Count == 0; n++)
        {
            Run();
            journal.Drop(journal.NextCut!);
            ledger.Pay(n);
            ledger.Commit(n % 2 == 0 ? [new(Id(400), new Fact.AbortAsked())] : [Requested(1000 + n)], At);
        }

        Assert.True(reports[0].IsGood, reports[0].Text);
    }

    [Fact]
    public void Damage_is_told_once_and_known_to_the_next_start_until_it_is_taken_back()
    {
        using var place = new TemporaryJournal();
        using (var sound = place.Open())
        {
            Fill(new(sound), 1, 300);
        }
        place.Forge(r => r.Entry.Sequence == 55 ? r with { Entry = r.Entry with { UnixMilliseconds = 7 } } : r);
        using var store = place.Open();
        _ = new Ledger(store);
        var first = Of(store);

        RunUntilReported(first);
        Run(first, 2000);

        Assert.Equal((false, "journal: DAMAGED: entry 55: its hash does not follow from the entry before"),
            Assert.Single(reports));
        Assert.NotNull(first.Damage);
        var next = Of(store);
        Assert.Contains("entry 55", next.Damage);
        Run(next, 2000);
        Assert.Single(reports);
        new DamageMark(Mark).Remove();
        Assert.Null(Of(store).Damage);
    }

    [Fact]
    [Trait("kind", "instrument")]
    public void Damage_in_any_block_is_found_at_the_start_or_soon_after()
    {
        using var place = new TemporaryJournal(room: 64 << 10);
        using (var sound = place.Open())
        {
            Fill(new(sound), 1, 300);
            while (sound.Tend())
            {
            }
        }
        var whole = place.Files();
        var found = (AtStart: 0, Later: 0);
        foreach (var (name, bytes) in whole)
        {
            for (var at = 150; at < bytes.Length; at += LogFrame.Block)
            {
                if (bytes.AsSpan(at, 2).IndexOfAnyExcept((byte)0) < 0)
                {
                    continue; // Never written.
                }
                var damaged = bytes.ToArray();
                damaged[at] ^= 0x15;
                File.WriteAllBytes(place.FileOf(name), damaged);
                Judge(place, ref found);
            }
            File.WriteAllBytes(place.FileOf(name), bytes);
        }
        Assert.InRange(found.AtStart, 3, int.MaxValue); // It reads one segment, not the sealed ones.
        Assert.InRange(found.Later, 5, int.MaxValue);
    }

    [Fact]
    public void The_journal_looks_after_itself_for_as_long_as_there_is_more_to_do_and_then_each_minute()
    {
        journal.ToTend = 3;
        var begun = Now;

        Run(times: 4);
        Assert.InRange((Now - begun).TotalSeconds, 5, 6);
        Run(times: 200);

        Assert.InRange(journal.Tended, 4, 4 + (int)(Now - begun).TotalMinutes + 1);
    }

    string Mark => Path.Combine(folder.FullName, "journal.damaged");

    Moment Now => new Clock(time).Now;

    Maintenance Of(IJournal store) =>
        new(store, new(Mark), new(time)) { Report = (isGood, text) => reports.Add((isGood, text)) };

    void Judge(TemporaryJournal place, ref (int AtStart, int Later) found)
    {
        new DamageMark(Mark).Remove();
        reports.Clear();
        try
        {
            using var store = place.Open();
            _ = new Ledger(store);
            try
            {
                RunUntilReported(Of(store));
            }
            catch (JournalFailedException e)
            {
                Assert.True(e.IsDamage);
            }
            if (reports is [{ IsGood: false }])
            {
                Assert.NotNull(new DamageMark(Mark).Text);
                found.Later++;
            }
        }
        catch (JournalFailedException e)
        {
            Assert.True(e.IsDamage);
            found.AtStart++;
        }
    }

    void Fill(int first, int last) => Fill(ledger, first, last);

    static void Fill(Ledger ledger, int first, int last)
    {
        for (var n = first; n <= last; n++)
        {
            ledger.Commit([Requested(n), .. Approved(n), Acknowledged(n), Completed(n)], At);
        }
    }

    int RunUntilReported(Maintenance? who = null)
    {
        var (before, steps) = (reports.Count, 0);
        for (; reports.Count == before; steps++)
        {
            Run(who);
        }
        return steps;
    }

    void Run(Maintenance? who = null, int times = 1)
    {
        who ??= maintenance;
        for (; times > 0; times--)
        {
            time.Advance(who.WakeAt > Now ? who.WakeAt - Now : TimeSpan.Zero);
            who.Step();
        }
    }
}
