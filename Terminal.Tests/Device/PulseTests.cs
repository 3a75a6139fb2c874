using System.Threading.Channels;
using Sandbox.Journal;
using Terminal.Checkout;
using Terminal.Device;
using Terminal.Ecr;
using Terminal.Journal;
using Terminal.Payments;
using Terminal.Scanner;
using Terminal.Tests.Checkout;

namespace Terminal.Tests.Device;

/// <summary>The watchdog is fed only while loop and ECR line move; the journal is written in the loop.</summary>
public sealed class PulseTests : IDisposable
{
    static readonly TimeSpan Interval = TimeSpan.FromSeconds(10);

    readonly ManualTime time = new();
    readonly CancellationTokenSource stop = new();
    readonly ManualResetEventSlim gate = new(initialState: true);
    readonly Channel<string> answers = Channel.CreateUnbounded<string>();
    readonly List<string> said = [];
    readonly Pulse pulse;

    public PulseTests() => pulse = new(time, Interval)
    {
        Ready = () => said.Add("ready"),
        Feed = () => said.Add("fed"),
        Stuck = part => said.Add($"{part} is stuck"),
    };

    public void Dispose()
    {
        stop.Cancel();
        gate.Set();
        pulse.Dispose();
    }

    [Fact]
    public void Nothing_is_ready_before_every_part_has_answered()
    {
        var (loop, ecr) = (pulse.Watch("loop", () => { }), pulse.Watch("ecr", () => { }));
        loop();
        Assert.Empty(said);
        ecr();
        ecr();
        Assert.Equal(["ready"], said);
    }

    [Fact]
    public async Task A_loop_that_is_stuck_in_a_decision_starves_the_watchdog()
    {
        using var journal = new MemoryJournal();
        var (inbox, links) = (new Inbox(), new RecordedLinks());
        var answer = pulse.Watch("loop", inbox.Wake);
        var loop = new CheckoutLoop(Decide, new Ledger(journal), new(links, links), new Clock(new ManualTime()))
        {
            Alive = () => Answered(answer, "loop"),
        };
        var running = Task.Run(() => loop.RunAsync(inbox.Reader, new ManualTime(), stop.Token));

        await StarvesAsync("loop");

        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running);
    }

    [Fact]
    public async Task An_ECR_line_that_is_stuck_in_opening_its_port_starves_the_watchdog()
    {
        var ports = new EcrPorts(
            _ =>
            {
                gate.Wait();
                return new(null, "no such port");
            },
            _ => { },
            (_, _) => { });
        ZvtEcr? ecr = null;
        var answer = pulse.Watch("ecr", () => ecr!.OpenNow());
        ecr = new(new EcrSettings { Device = "none" }, new CodeSeal(new byte[32]), ports, new ManualTime())
        {
            Alive = () => Answered(answer, "ecr"),
        };
        var running = Task.Run(() => ecr.RunAsync(stop.Token));

        await StarvesAsync("ecr");

        await stop.CancelAsync();
        await running;
    }

    /// <summary>The part answers, then the gate closes and it answers no more, then it opens again.</summary>
    async Task StarvesAsync(string part)
    {
        await NextAnswerAsync();
        time.Advance(Interval);
        await NextAnswerAsync();
        Assert.Equal(["ready", "fed"], said);

        gate.Reset();
        time.Advance(Interval); // It is fed for the answer before, and asks the question that is not answered.
        time.Advance(Interval);
        time.Advance(Interval);
        Assert.Equal(["ready", "fed", "fed", $"{part} is stuck"], said);

        gate.Set();
        await NextAnswerAsync();
        time.Advance(Interval);
        Assert.Equal(["ready", "fed", "fed", $"{part} is stuck", "fed"], said);
    }

    Transition<DeskState> Decide(DeskState state, DeskInput input, Moment now)
    {
        gate.Wait();
        return new Desk(Policy.Default).Next(state, input, now);
    }

    void Answered(Action answer, string part)
    {
        answer();
        answers.Writer.TryWrite(part);
    }

    async Task NextAnswerAsync() => await answers.Reader.ReadAsync(stop.Token);
}
