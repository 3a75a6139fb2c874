using Sandbox.Disk;
using Sandbox.Scanner;
using Terminal.Checkout;
using Terminal.Journal;
using Terminal.Journal.Log;
using Terminal.Journal.Upkeep;
using Terminal.Payments;
using Terminal.Payments.Answers;
using Terminal.Payments.Charges;
using Terminal.Payments.Orders;
using Terminal.Tests.Checkout;

namespace Terminal.Tests.Disk;

/// <summary>Each single call on the journal's files fails once while payments are made.</summary>
public sealed class FailingDiskTests
{
    static readonly Money Amount = new(1250, Currency.Eur);

    readonly ManualTime time = new();
    MemoryDisk files = new();
    IReadOnlyList<string> undisturbed = [];

    [Theory]
    [InlineData(DiskTrouble.Error)]
    [InlineData(DiskTrouble.ErrorAfterwards)]
    [InlineData(DiskTrouble.Full)]
    public void After_a_call_that_failed_nothing_is_tried_again_and_the_next_start_is_consistent(DiskTrouble trouble)
    {
        Fail(int.MaxValue, trouble);
        var failed = new List<Type>();
        for (var call = 1; Fail(call, trouble) is { } kind; call++)
        {
            failed.Add(kind);
        }
        Assert.Superset(
            new HashSet<Type>([typeof(DiskCall.Open), typeof(DiskCall.Read), typeof(DiskCall.Write),
                typeof(DiskCall.Flush), typeof(DiskCall.Rename), typeof(DiskCall.FlushFolder)]),
            failed.ToHashSet());
    }

    /// <returns>What failed; null: there are not so many calls.</returns>
    Type? Fail(int call, DiskTrouble trouble)
    {
        files = new();
        PaymentJournal.Create(files, room: 4 * LogFrame.Block); // So short that segments end and are sealed.
        var disk = new FaultyDisk(call, trouble);
        var links = new RecordedLinks();
        try
        {
            using var store = new PaymentJournal(new WatchedDisk(files, disk));
            var loop = Start(store, links);
            Sell(loop, links, "f1");
            Abort(loop, links, "f2");
            undisturbed = call == int.MaxValue ? links.Said : undisturbed;
            CheckFailure(loop, links, disk);
        }
        catch (JournalFailedException)
        {
            Assert.Empty(links.Said); // It did not even start.
        }
        CheckNextStart(links);
        return disk.Failed?.GetType();
    }

    void CheckFailure(CheckoutLoop loop, RecordedLinks links, FaultyDisk disk)
    {
        if (loop.Failure is null)
        {
            // The bound that is written when it is closed.
            Assert.Null(disk.Failed);
            Assert.Equal(undisturbed, links.Said);
            return;
        }
        var before = links.Said.Count;
        loop.Step(new Arrival.Instructed(Amount, Code("f3")));
        Assert.Equal("refuse JournalDown", Assert.Single(links.Said.Skip(before)));
        Assert.Empty(disk.Later);
        Assert.Equal(Moment.Never, loop.WakeAt);
        var same = links.Said.Zip(undisturbed).TakeWhile(pair => pair.First == pair.Second).Count();
        Assert.All(
            links.Said.Skip(same), said => Assert.Matches("^(cancel@.*|.* NotConfirmed|refuse JournalDown)$", said));
    }

    void CheckNextStart(RecordedLinks before)
    {
        var proved = before.Said.Where(s => s.Contains('@')).Select(s => long.Parse(s.Split('@')[1])).Prepend(0).Max();
        using (var store = Open())
        {
            Assert.Empty(new Audit(store).Everything());
            Assert.InRange(store.Last?.Sequence ?? 0, proved, long.MaxValue);
            var links = new RecordedLinks();
            var loop = Start(store, links);
            Sell(loop, links, "f4");
            Assert.Contains(links.Said, said => said.StartsWith("complete@", StringComparison.Ordinal));
        }
        using var again = Open();
        Assert.Empty(new Audit(again).Everything());
    }

    PaymentJournal Open() => new(files);

    CheckoutLoop Start(PaymentJournal store, RecordedLinks links)
    {
        var loop = new CheckoutLoop(
            new Desk(Policy.Default).Next, new Ledger(store), new(links, links), new Clock(time));
        loop.Recover();
        loop.Step(new DeskInput.LinkReady());
        return loop;
    }

    void Sell(CheckoutLoop loop, RecordedLinks links, string code)
    {
        loop.Step(new Arrival.Instructed(Amount, Code(code)));
        var id = links.LastPayment;
        loop.Step(new DeskInput.Happened(
            id, new PaymentInput.PayAnswered(new GatewayAnswer.Succeeded(id, "G1", Amount))));
        loop.Step(new DeskInput.Answered(id, EcrAnswer.Acknowledged));
        loop.Step(new DeskInput.Closed(id, Acknowledged: true));
    }

    void Abort(CheckoutLoop loop, RecordedLinks links, string code)
    {
        loop.Step(new Arrival.Instructed(Amount, Code(code)));
        loop.Step(new DeskInput.AbortAsked());
        time.Advance(Policy.Default.AnswerLimit);
        loop.Step(new DeskInput.TimePassed());
        loop.Step(new DeskInput.Happened(
            links.LastPayment, new PaymentInput.CancelAnswered(1, new GatewayAnswer.Accepted())));
        loop.Step(new DeskInput.Answered(links.LastPayment, EcrAnswer.Acknowledged));
    }

    PaymentCode Code(string fingerprint) => Codes.Of("281234567890123456", fingerprint, new Clock(time).Now);
}
