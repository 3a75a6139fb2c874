using System.Collections.Concurrent;
using Sandbox.Ecr;
using Terminal.Device;
using Terminal.Ecr;
using Terminal.Ecr.Blocks;
using Terminal.Payments;
using Terminal.Scanner;

namespace Terminal.Tests.Ecr.Blocks;

/// <summary>
/// A till that shows itself by a wire of its cable. A pseudo terminal has no such wires, so the line is simulated:
/// whether a port reads its wires right, only a port with wires can show.
/// </summary>
public sealed class PresenceTests : IAsyncDisposable
{
    readonly ManualTime time = new();
    readonly CancellationTokenSource stop = new();
    readonly BlockingCollection<LoopInput> desk = [];
    readonly BlockingCollection<string> reports = [];
    readonly WiredLine wire = new();
    readonly ZvtEcr ecr;
    Task running = Task.CompletedTask;

    public PresenceTests()
    {
        var settings = new EcrSettings { Device = "/dev/ttyS9", Presence = Presence.Dsr };
        var ports = new EcrPorts(_ => new(wire.Open(), ""), desk.Add, (_, text) => reports.Add(text));
        ecr = new(settings, new CodeSeal(new byte[32]), ports, time);
    }

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        await running;
        desk.Dispose();
        reports.Dispose();
        stop.Dispose();
    }

    [Fact]
    public void An_order_that_waits_for_its_code_ends_when_the_wire_falls()
    {
        Connect();
        wire.Give(Frame.Encode(Hex.Bytes("0601 07 04000000001234")));
        Assert.IsType<Arrival.Instructed>(Take(desk));

        wire.IsUp = false;
        Look(2);

        Assert.IsType<DeskInput.TillGone>(Take(desk));
        Assert.Equal("line down: /dev/ttyS9 shows no till: DSR is low", Take(reports));
    }

    [Fact]
    public void One_low_look_is_a_disturbance()
    {
        Connect();
        foreach (var isUp in (bool[])[false, true, false, true])
        {
            wire.Next.Enqueue(isUp);
        }
        Look(4);
        Assert.Empty(wire.Next);
        Assert.Empty(reports);
    }

    [Fact]
    public void A_till_that_is_off_is_no_line_until_its_wire_is_up()
    {
        wire.IsUp = false;
        Start();
        Assert.Equal("line down: /dev/ttyS9 shows no till: DSR is low", Take(reports));
        Assert.Empty(desk);

        wire.IsUp = true;
        AssertUp();
    }

    [Theory]
    [InlineData("DSR")]
    [InlineData("CTS")]
    [InlineData("DCD")]
    public void A_port_without_that_wire_is_no_line_and_says_so(string name)
    {
        var presence = Enum.Parse<Presence>(name, ignoreCase: true);
        using var cable = new Pty();
        var (line, problem) = PortsLine.Open(new() { Device = cable.DevicePath, Presence = presence });
        Assert.Null(line);
        Assert.Equal($"{cable.DevicePath}: has no {name} to look at; next step: ecr.presence \"none\"", problem);
    }

    void Start() => running = Task.Run(() => ecr.RunAsync(stop.Token));

    void Connect()
    {
        Start();
        AssertUp();
    }

    void AssertUp()
    {
        Assert.IsType<DeskInput.LinkReady>(Take(desk));
        Assert.Equal("line up: /dev/ttyS9", Take(reports));
    }

    /// <summary>Lets the terminal look at its wire so often.</summary>
    void Look(int times)
    {
        for (var looks = wire.Looks; wire.Looks < looks + times;)
        {
            time.Advance(TimeSpan.FromMilliseconds(10));
        }
    }

    /// <summary>Lets time pass until something comes: the terminal leaves gaps between its blocks.</summary>
    T Take<T>(BlockingCollection<T> from)
    {
        T? item;
        while (!from.TryTake(out item, millisecondsTimeout: 1))
        {
            time.Advance(TimeSpan.FromMilliseconds(10));
        }
        return item;
    }

    /// <summary>Acknowledges whatever is written.</summary>
    sealed class WiredLine : ISerialLine
    {
        BlockingCollection<byte[]> incoming = [];
        volatile bool isUp = true;
        volatile int looks;

        public bool IsUp { set => isUp = value; }

        /// <summary>What the next looks see, one each, however fast the looks come.</summary>
        public ConcurrentQueue<bool> Next { get; } = [];

        public int Looks => looks;

        public bool ShowsTill
        {
            get
            {
                var seen = Next.TryDequeue(out var next) ? next : isUp;
                looks++;
                return seen;
            }
        }

        public WiredLine Open()
        {
            incoming = [];
            return this;
        }

        public void Give(byte[] bytes) => incoming.Add(bytes);

        public int Read(Span<byte> buffer)
        {
            if (!incoming.TryTake(out var bytes, Timeout.Infinite))
            {
                return 0;
            }
            bytes.CopyTo(buffer);
            return bytes.Length;
        }

        public bool Write(ReadOnlySpan<byte> bytes)
        {
            if (bytes.Length > 1)
            {
                incoming.Add([Frame.Ack]);
            }
            return true;
        }

        public void Dispose() => incoming.CompleteAdding();
    }
}
