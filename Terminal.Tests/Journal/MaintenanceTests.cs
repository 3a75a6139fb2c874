using Sandbox.Journal;
using Terminal.Device;
using Terminal.Journal;
using Terminal.Payments;
using static Terminal.Tests.Journal.Orders;

namespace Terminal.Tests.Journal;

public sealed class MaintenanceTests : IDisposable
{
    static readonly DeskState Idle = DeskState.Empty;
    static readonly DeskState Paying = Idle with { Lane = new LaneState.Paying(Id(1)) };

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
        Assert.InRange(slices, 10, 20);
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
            journal.Drop(new(journal.Anchor.Sequence + 5, journal.Read(journal.Anchor.Sequence + 5, 1)[0].Hash));
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
        place.Tamper("UPDATE entry SET unix_ms = 7 WHERE sequence = 55");
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
    public void Damage_in_any_page_of_the_table_or_an_index_is_found_at_the_start_or_soon_after()
    {
        using var place = new TemporaryJournal();
        using (var sound = place.Open())
        {
            Fill(new(sound), 1, 400);
        }
        var whole = File.ReadAllBytes(place.Path);
        var found = (AtStart: 0, Later: 0);
        for (var page = 1; page < whole.Length / 4096; page += 3)
        {
            if (Damaged(whole, page) is not { } bytes)
            {
                continue;
            }
            File.WriteAllBytes(place.Path, bytes);
            File.Delete(place.Log);
            new DamageMark(Mark).Remove();
            reports.Clear();
            if (!IsFoundAtStart(place))
            {
                Assert.False(Assert.Single(reports).IsGood, $"page {page}");
                Assert.NotNull(new DamageMark(Mark).Text);
                found.Later++;
                continue;
            }
            found.AtStart++;
        }
        Assert.InRange(found.AtStart, 10, int.MaxValue);
        Assert.InRange(found.Later, 10, int.MaxValue);
    }

    [Fact]
    public void A_log_that_is_not_emptied_is_told_once()
    {
        journal.InLog = Maintenance.LogAlarm;

        RunUntilReported();
        Run(maintenance, 3000);

        Assert.Contains("32 MiB", Assert.Single(reports, r => !r.IsGood).Text);
    }

    [Fact]
    public void A_log_that_is_worth_it_is_moved_while_nobody_pays()
    {
        using var place = new TemporaryJournal();
        using var store = place.Open();
        var payments = new Ledger(store);
        var written = 0;
        while (store.Checkpoint(long.MaxValue) < Maintenance.LogWorthMoving)
        {
            payments.Pay(++written);
        }

        Run(Of(store));

        using var copy = place.Cut(0);
        using var file = copy.Open();
        Assert.Equal(5 * written, file.Last!.Sequence);
        Assert.Empty(reports);
    }

    [Fact]
    public void What_a_clean_stop_cannot_move_into_the_data_is_told()
    {
        maintenance.Stop();
        Assert.Empty(reports);
        journal.InLog = 4096;
        maintenance.Stop();
        Assert.Contains("4096 bytes stay", Assert.Single(reports).Text);
        journal.Crash();
        maintenance.Stop();
        Assert.Equal(2, reports.Count);
    }

    string Mark => Path.Combine(folder.FullName, "journal.damaged");

    Moment Now => new Clock(time).Now;

    Maintenance Of(IJournal store) =>
        new(store, new(Mark), new(time)) { Report = (isGood, text) => reports.Add((isGood, text)) };

    bool IsFoundAtStart(TemporaryJournal place)
    {
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
            return false;
        }
        catch (JournalFailedException e)
        {
            Assert.True(e.IsDamage);
            return true;
        }
    }

    /// <summary>Two bytes within the second cell of a leaf; null for other pages.</summary>
    static byte[]? Damaged(byte[] whole, int page)
    {
        const byte TableLeaf = 13, IndexLeaf = 10;
        var bytes = whole.ToArray();
        var leaf = bytes.AsSpan(page * 4096, 4096);
        var at = ((leaf[10] << 8) | leaf[11]) + (leaf[0] == TableLeaf ? 40 : 4);
        var hasTwo = ((leaf[3] << 8) | leaf[4]) > 1;
        if (leaf[0] is not (TableLeaf or IndexLeaf) || !hasTwo || leaf.IndexOf("epoch"u8) >= 0)
        {
            return null;
        }
        foreach (ref var b in leaf.Slice(at, 2))
        {
            b ^= 0x15;
        }
        return bytes;
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
