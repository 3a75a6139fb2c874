using Sandbox.Journal;
using Terminal.Device;
using Terminal.Journal;
using Terminal.Journal.Upkeep;
using Terminal.Payments;
using static Terminal.Tests.Journal.Orders;

namespace Terminal.Tests.Journal;

/// <summary>A backup that the service makes while nobody pays.</summary>
public sealed class BackupOrdersTests : IDisposable
{
    static readonly DeskState Idle = DeskState.Empty;
    static readonly DeskState Paying = Idle with { Lane = new LaneState.Paying(Id(1), Moment.Never) };

    readonly ManualTime time = new();
    readonly TemporaryJournal place = new(room: 128 << 10);
    readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("orders-");
    readonly List<(bool IsGood, string Text)> reports = [];
    readonly PaymentJournal journal;
    readonly Ledger ledger;
    readonly BackupOrders orders;
    readonly Maintenance maintenance;
    long free = long.MaxValue;
    int woken;

    public BackupOrdersTests()
    {
        journal = place.Open();
        ledger = new(journal);
        ledger.PayEach(1, 600);
        while (journal.Tend())
        {
        }
        orders = new(journal, folder.FullName) { FreeBytes = _ => free, Wake = () => woken++ };
        maintenance = new(journal, new(Path.Combine(folder.FullName, "mark")), new(time))
        {
            Backups = orders,
            Report = (isGood, text) => reports.Add((isGood, text)),
        };
    }

    public void Dispose()
    {
        orders.Dispose();
        journal.Dispose();
        place.Dispose();
        folder.Delete(recursive: true);
    }

    Moment Now => new Clock(time).Now;

    string Target => Path.Combine(folder.FullName, "shop");

    [Theory]
    [InlineData("/tmp/shop.backup")]
    [InlineData("{0}/below/shop.backup")]
    [InlineData("{0}/../shop.backup")]
    [InlineData("shop.backup")]
    public void The_service_writes_nowhere_but_in_its_own_folder(string file)
    {
        Assert.StartsWith("error: the service writes", orders.Order(string.Format(file, folder.FullName)));

        Assert.False(orders.IsPending);
    }

    [Fact]
    public void It_is_made_in_slices_while_nobody_pays_and_waits_while_somebody_does()
    {
        RunUntil(() => reports.Count > 0); // The first reading: from now on there is nothing else to do.
        Assert.InRange((maintenance.WakeAt - Now).TotalSeconds, 1, 60);

        Assert.Equal("backup: waits until nobody has paid for 5 s\n", orders.Order(Target));

        Assert.Equal(1, woken);
        Assert.True(maintenance.WakeAt <= Now);
        Run(3);
        Assert.Matches("^backup: [0-9]+ % of [0-9]+ KiB\n$", orders.Progress(Target));
        Assert.Equal(Now + Maintenance.Pause, maintenance.WakeAt);
        maintenance.Watch(Idle, Paying);
        Assert.Equal(Moment.Never, maintenance.WakeAt);
        ledger.Pay(3000);
        maintenance.Watch(Paying, Idle);
        Assert.Equal(Now + Maintenance.Quiet, maintenance.WakeAt);
        RunUntil(() => reports.Count > 1);
        Assert.StartsWith($"done: {Target}, ", orders.Progress(Target));
        Assert.Equal((true, "journal: backup " + orders.Progress(Target)[6..^1]), reports[^1]);
        Assert.False(orders.IsPending);
        using var copy = new PaymentJournal(Target, isReadOnly: true);
        Assert.Null(JournalsAlike.Difference(journal, copy));
    }

    [Fact]
    public void There_is_one_at_a_time_and_the_same_order_again_is_no_other()
    {
        orders.Order(Target);
        Run(4);

        Assert.StartsWith("error: a backup is being made", orders.Order(Target + "2"));
        Assert.Equal(orders.Progress(Target), orders.Order(Target));
        Assert.StartsWith("error: no backup to ", orders.Progress(Target + "2"));
        RunUntil(() => !orders.IsPending);
        Assert.StartsWith("done: ", orders.Progress(Target));
        Assert.Contains("is there already", orders.Order(Target));
        Assert.StartsWith("backup: waits", orders.Order(Target + "2"));
    }

    [Fact]
    public void One_that_fails_is_told_and_the_next_one_may_be_ordered()
    {
        free = 0;
        orders.Order(Target);
        RunUntil(() => !orders.IsPending);

        Assert.Matches(
            "^error: no backup: .* kept for open payments; next step: free some space", orders.Progress(Target));
        Assert.Contains(reports, r => !r.IsGood && r.Text.StartsWith("journal: no backup: ", StringComparison.Ordinal));
        Assert.Empty(folder.GetDirectories());
        free = long.MaxValue;
        orders.Order(Target);
        RunUntil(() => !orders.IsPending);
        Assert.True(Directory.Exists(Target));
    }

    [Fact]
    public void The_end_of_the_service_leaves_nothing_of_one_that_is_not_complete()
    {
        orders.Order(Target);
        Run(4);
        Assert.Single(folder.GetDirectories());

        orders.Dispose();

        Assert.Empty(folder.GetDirectories());
    }

    void Run(int steps)
    {
        for (; steps > 0; steps--)
        {
            time.Advance(maintenance.WakeAt > Now ? maintenance.WakeAt - Now : TimeSpan.Zero);
            maintenance.Step();
        }
    }

    void RunUntil(Func<bool> isSo)
    {
        for (var steps = 0; !isSo(); steps++)
        {
            Assert.InRange(steps, 0, 5000);
            Run(1);
        }
    }
}
