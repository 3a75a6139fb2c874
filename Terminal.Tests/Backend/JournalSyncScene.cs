using System.Text.Json;
using Sandbox.Backend;
using Sandbox.Journal;
using Terminal.Backend;
using Terminal.Journal;

namespace Terminal.Tests.Backend;

/// <summary>A sync whose connections are played by the test.</summary>
public abstract class JournalSyncScene : IDisposable
{
    private protected const int Large = 1_000_000;

    private protected readonly ManualTime time = new();
    private protected readonly MemoryJournal journal = new();
    readonly List<ScriptedLink> links = [];
    private protected readonly List<SyncStatus> reports = [];
    private protected readonly Topics topics = new("T-1");
    private protected readonly JournalSync sync;

    private protected JournalSyncScene()
    {
        sync = new(
            new("T-1", "b007", "1.2.3", new()), journal,
            tell =>
            {
                links.Add(new(tell));
                return links[^1];
            },
            new Clock(time))
        {
            Report = reports.Add,
        };
    }

    private protected ScriptedLink Link => links[^1];

    public void Dispose()
    {
        journal.Dispose();
        GC.SuppressFinalize(this);
    }

    private protected void Open(int maximumPacket = Large)
    {
        sync.Step();
        Link.Tell(new BackendEvent.Opened(20, maximumPacket));
        Link.Tell(new BackendEvent.Subscribed(0));
        sync.Step();
    }

    private protected void Acknowledge(long upto) => Tell(new(journal.Epoch, upto, journal.Read(upto, 1)[0].Hash, []));

    private protected void Tell(Ack ack)
    {
        Link.Tell(new BackendEvent.Received(topics.Ack, ack.Write()));
        sync.Step();
    }

    private protected List<Entry> Sent() => [.. Link.Published.Where(p => p.Message.Topic == topics.Journal)
        .SelectMany(p => Delivered.Parse(p.Message.Payload)!.Entries)];

    private protected static string? Connection(byte[] status)
    {
        using var document = JsonDocument.Parse(status);
        return document.RootElement.GetProperty("conn").GetString();
    }
}
