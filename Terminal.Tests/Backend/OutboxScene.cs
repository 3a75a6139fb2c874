using Terminal.Backend;
using Terminal.Payments;

namespace Terminal.Tests.Backend;

/// <summary>An outbox whose broker and head office are played by the test.</summary>
public abstract class OutboxScene
{
    private protected const string Epoch = "00000000000000e1";

    private protected static readonly byte[] Hash = [.. Enumerable.Range(1, 32).Select(i => (byte)i)];
    private protected static readonly SyncPolicy Policy = new();

    private protected readonly Outbox outbox = new(Policy, Epoch, 0);
    private protected Moment now = new(0);
    private protected long newest;

    private protected void Connect() => outbox.Connected(65535, now);

    private protected OutboxStep Next() => outbox.Next(newest, now);

    private protected Moment WaitUntil() => Assert.IsType<OutboxStep.Wait>(Next()).Until;

    private protected bool Acknowledge(long upto) => outbox.Heard(new(Epoch, upto, Hash, []), Hash, now);

    private protected List<(int Token, long From, long To)> SendAll()
    {
        var sent = new List<(int, long, long)>();
        while (Next() is OutboxStep.Publish(var from, var most))
        {
            var to = from + most - 1;
            sent.Add((outbox.Sent(from, to, now), from, to));
        }
        return sent;
    }

    private protected void AcceptAll(IEnumerable<(int Token, long From, long To)> sent)
    {
        foreach (var (token, _, _) in sent)
        {
            outbox.Published(token, 0, now);
        }
    }
}
