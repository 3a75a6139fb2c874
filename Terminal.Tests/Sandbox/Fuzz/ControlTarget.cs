using System.Net.Sockets;
using System.Text;
using Sandbox.Journal;
using Terminal;
using Terminal.Checkout;
using Terminal.Device;
using Terminal.Journal;
using Terminal.Payments;

namespace Sandbox.Fuzz;

/// <summary>The control socket of a running service, over a real socket: it answers, and goes on answering.</summary>
sealed class ControlTarget : FuzzTarget
{
    /// <summary>Of what is longer the rest is left unread, and its sender may lose the answer by that.</summary>
    const int LongestRequest = 1024;

    readonly string path = Path.Combine(Path.GetTempPath(), $"terminal-fuzz-{Guid.NewGuid():N}");
    readonly MemoryJournal journal = new();
    readonly ControlSocket socket;

    public ControlTarget() : base("control")
    {
        var clock = new Clock(TimeProvider.System);
        // Never stepped, so it acts on neither of its links.
        var loop = new CheckoutLoop(new Desk(Policy.Default).Next, new Ledger(journal), new(null!, null!), clock);
        var report = new StatusReport(loop, clock, () => [("ecr", "line up")], new Inbox());
        socket = new(path, report.Answer);
        socket.Start();
    }

    public override int Share => 20;

    public override void Take(byte[] input)
    {
        var answer = Ask(input);
        Expect(answer.Length > 0 || input.Length > LongestRequest || input.AsSpan().StartsWith("payments"u8),
            "every request gets an answer, if only an empty list");
        if (!answer.StartsWith("error:", StringComparison.Ordinal))
        {
            CountDeep();
        }
        Expect(!answer.Contains("Exception", StringComparison.Ordinal) || Encoding.UTF8.GetString(input)
            .Contains("Exception", StringComparison.Ordinal), "an answer, no bug");
        if (ControlSocket.Ask(path, "status")?.StartsWith("lane: idle", StringComparison.Ordinal) != true)
        {
            throw new StuckException("a good request after it gets no answer");
        }
    }

    public override void Dispose()
    {
        socket.Dispose();
        journal.Dispose();
        base.Dispose();
    }

    string Ask(byte[] request)
    {
        try
        {
            using var client = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
            client.Connect(new UnixDomainSocketEndPoint(path));
            client.Send(request);
            client.Shutdown(SocketShutdown.Send);
            var answer = new List<byte>();
            var buffer = new byte[4096];
            for (var count = client.Receive(buffer); count > 0; count = client.Receive(buffer))
            {
                answer.AddRange(buffer[..count]);
            }
            return Encoding.UTF8.GetString([.. answer]);
        }
        catch (Exception e) when (request.Length > LongestRequest && e is SocketException)
        {
            return "";
        }
    }
}
