using System.Collections.Concurrent;
using Sandbox.Ecr;
using Sandbox.Journal;
using Terminal.Ecr;
using Terminal.Ecr.Blocks;
using Terminal.Ecr.Messages;
using Terminal.Journal;
using Terminal.Payments;
using Terminal.Payments.Answers;
using Terminal.Payments.Orders;
using Terminal.Scanner;

namespace Terminal.Tests.Ecr;

/// <summary>The driver on a real (pseudo) serial port; the test is the till, byte by byte, and the desk.</summary>
public sealed class ZvtEcrTests : IAsyncDisposable
{
    static readonly Sale Sale = new(
        new("PAYMENT"), Receipt: 1, Trace: 1, new(1234, Currency.Eur), new string('0', 32), new(1767323045000), null);

    readonly CancellationTokenSource stop = new();
    readonly BlockingCollection<LoopInput> desk = [];
    readonly BlockingCollection<string> reports = [];
    readonly List<int> rates = [];
    readonly Durable proof = new Ledger(new MemoryJournal()).Commit([new(Sale.Id, new Fact.Requested(Sale))], Sale.At);
    readonly ZvtEcr ecr;
    readonly Task running;
    Pty? pty = new();

    public ZvtEcrTests()
    {
        var settings = new EcrSettings();
        var ports = new EcrPorts(
            baud =>
            {
                rates.Add(baud);
                return pty is { } to
                    ? PortsLine.Open(settings with { Device = to.DevicePath, Baud = baud })
                    : new(null, "no cable");
            },
            desk.Add, (_, text) => reports.Add(text));
        ecr = new(settings, new CodeSeal(new byte[32]), ports, TimeProvider.System);
        running = Task.Run(() => ecr.RunAsync(stop.Token));
        Assert.IsType<DeskInput.LinkReady>(Take(desk));
    }

    [Fact]
    public void A_payment_over_a_real_port()
    {
        Order();
        ecr.Approve(proof, new(Sale, new Outcome.Approved("1"), Moment.Never));
        Assert.Equal(Command.StatusInformation, TakeCommand());
        Send("8000 00");
        Assert.Equal(new DeskInput.Answered(Sale.Id, EcrAnswer.Acknowledged), Take(desk));
        ecr.Complete(proof, new(Sale.Id));
        Assert.Equal(Command.Completion, TakeCommand());
        Send("8000 00");
        Assert.Equal(new DeskInput.Closed(Sale.Id, true), Take(desk));
    }

    [Fact]
    public void A_hung_up_line_is_told_to_the_desk_and_opened_again()
    {
        Order();
        ecr.Approve(proof, new(Sale, new Outcome.Approved("1"), Moment.Never));
        Assert.Equal(Command.StatusInformation, TakeCommand());
        var old = pty!;
        pty = null;
        old.Dispose();
        Assert.Equal(new DeskInput.Answered(Sale.Id, EcrAnswer.LineDown), Take(desk));
        ecr.Tell(new(Sale, new Outcome.NotConfirmed(), Moment.Never));
        Assert.Equal(new DeskInput.Answered(Sale.Id, EcrAnswer.LineDown), Take(desk));

        pty = new();
        Assert.IsType<DeskInput.LinkReady>(Take(desk));
        Send("0620 03 000000");
        Assert.Equal(Apdu.Accept.Command, TakeCommand());
        Assert.IsType<Arrival.RepeatAsked>(Take(desk));
        Assert.Contains(reports, text => text.EndsWith("is gone", StringComparison.Ordinal));
    }

    [Fact]
    public void The_line_opens_at_the_rate_asked_for_and_after_a_loss_at_its_own()
    {
        Send("0840 01 07");
        Assert.Equal(Apdu.Accept.Command, TakeCommand());
        Assert.IsType<DeskInput.LinkReady>(Take(desk));
        Assert.Equal([9600, 115200], rates);

        var old = pty!;
        pty = new();
        old.Dispose();
        Assert.IsType<DeskInput.LinkReady>(Take(desk));
        Assert.Equal(9600, rates[^1]);
        Order();
    }

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        await running;
        pty?.Dispose();
        desk.Dispose();
        reports.Dispose();
        stop.Dispose();
    }

    /// <summary>The till orders EUR 12.34; the terminal accepts.</summary>
    void Order()
    {
        Send("0601 07 04000000001234");
        Assert.Equal(Apdu.Accept.Command, TakeCommand());
        Assert.Equal(new Arrival.Instructed(Sale.Amount, null), Take(desk));
    }

    void Send(string apdu)
    {
        Assert.True(pty!.Master.Write(Frame.Encode(Hex.Bytes(apdu))));
        Assert.Equal(Frame.Ack, ReadOne());
    }

    /// <summary>The next block of the terminal, acknowledged.</summary>
    int TakeCommand()
    {
        var decoder = new FrameDecoder(TimeSpan.FromSeconds(1));
        while (true)
        {
            if (decoder.Push(ReadOne(), default) is Received.Block block)
            {
                pty!.Master.Write([Frame.Ack]);
                return Apdu.Read(block.Apdu)!.Command;
            }
        }
    }

    byte ReadOne()
    {
        Span<byte> one = stackalloc byte[1];
        Assert.Equal(1, pty!.Master.Read(one));
        return one[0];
    }

    /// <summary>A minute is for ever: only a hang would take it.</summary>
    static T Take<T>(BlockingCollection<T> from) =>
        from.TryTake(out var item, TimeSpan.FromMinutes(1)) ? item : throw new TimeoutException("nothing came");
}
