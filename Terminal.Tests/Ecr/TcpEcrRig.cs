using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using Sandbox.Journal;
using Terminal.Ecr;
using Terminal.Ecr.Blocks;
using Terminal.Ecr.Messages;
using Terminal.Journal;
using Terminal.Payments;
using Terminal.Payments.Orders;
using Terminal.Scanner;

namespace Terminal.Tests.Ecr;

/// <summary>The driver on a real TCP port, in manual time; the test is the till and the desk.</summary>
public abstract class TcpEcrRig : IAsyncDisposable
{
    private protected static readonly Sale Sale = new(
        new("PAYMENT"), Receipt: 1, Trace: 1, new(1234, Currency.Eur), new string('0', 32), new(1767323045000), null);
    private protected static readonly IPEndPoint Anywhere = new(IPAddress.Loopback, 0);

    private protected readonly ManualTime time = new();
    readonly CancellationTokenSource stop = new();
    private protected readonly BlockingCollection<LoopInput> desk = [];
    readonly BlockingCollection<string> reports = [];
    private protected readonly BlockingCollection<string> turnedAway = [];
    private protected readonly Durable proof =
        new Ledger(new MemoryJournal()).Commit([new(Sale.Id, new Fact.Requested(Sale))], Sale.At);
    private protected readonly TcpPort port;
    private protected readonly ZvtEcr ecr;
    readonly Task running;
    private protected Socket till;

    protected TcpEcrRig()
    {
        port = new(Anywhere, turnedAway.Add);
        var ports = new EcrPorts(_ => port.Open(), desk.Add, (_, text) => reports.Add(text))
        {
            Patience = () => port.Patience,
            WrongPassword = () => port.Suspect(),
        };
        ecr = new(new EcrSettings { Tcp = Anywhere }, new CodeSeal(new byte[32]), ports, time);
        port.Ready = ecr.OpenNow;
        running = Task.Run(() => ecr.RunAsync(stop.Token));
        Assert.StartsWith("line down: nobody is connected", Take(reports));
        till = Connect();
        Assert.IsType<DeskInput.LinkReady>(Take(desk));
    }

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        await running;
        port.Dispose();
        till.Dispose();
        desk.Dispose();
        reports.Dispose();
        turnedAway.Dispose();
        stop.Dispose();
        GC.SuppressFinalize(this);
    }

    private protected Socket Connect()
    {
        // A hang, and nothing else, takes a minute.
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true, ReceiveTimeout = 60_000 };
        socket.Connect(port.Listening!);
        return socket;
    }

    /// <summary>What the second till said has come to the port, and the driver has looked at it.</summary>
    private protected void Settle()
    {
        Assert.True(SpinWait.SpinUntil(() => port.Patience is not null, TimeSpan.FromMinutes(1)));
        ecr.OpenNow();
    }

    private protected void Pass(double seconds)
    {
        time.Advance(TimeSpan.FromSeconds(seconds));
        ecr.OpenNow();
    }

    private protected void Accepted()
    {
        Assert.Equal(Apdu.Accept.Command, Receive().Command);
        Assert.Equal(new Arrival.Instructed(Sale.Amount, null), Take(desk));
    }

    private protected void Send(string apdus) => till.Send(Hex.Bytes(apdus));

    /// <summary>The terminal's next message, read byte by byte.</summary>
    private protected Apdu Receive()
    {
        List<byte> bytes = [];
        var one = new byte[1];
        Apdu? apdu;
        do
        {
            Assert.Equal(1, till.Receive(one));
            bytes.AddRange(one);
            apdu = Apdu.Read(bytes.ToArray());
        }
        while (apdu is null);
        return apdu;
    }

    private protected static T Take<T>(BlockingCollection<T> from) =>
        from.TryTake(out var item, TimeSpan.FromMinutes(1)) ? item : throw new TimeoutException("nothing came");
}
