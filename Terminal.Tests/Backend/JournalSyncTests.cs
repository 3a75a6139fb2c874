using System.Text;
using Sandbox.Backend;
using Terminal.Backend;
using Terminal.Journal;

namespace Terminal.Tests.Backend;

/// <summary>What it sends, keeps and reports while the link holds.</summary>
public sealed class JournalSyncTests : JournalSyncScene
{
    [Fact]
    public void On_a_new_connection_it_subscribes_first_then_says_who_it_is_then_sends()
    {
        journal.Add(3);
        sync.Step();
        Assert.Equal(topics.Status, Link.Will!.Topic);
        Assert.Empty(Link.Subscriptions);

        Link.Tell(new BackendEvent.Opened(20, Large));
        sync.Step();
        Assert.Equal([topics.Ack], Link.Subscriptions);
        Assert.Empty(Link.Published);

        Link.Tell(new BackendEvent.Subscribed(0));
        sync.Step();
        Assert.Equal([topics.Status, topics.Hello, topics.Journal], Link.Published.Select(p => p.Message.Topic));
        Assert.Equal([true, false, false], Link.Published.Select(p => p.Message.Retain));
        Assert.Equal([1, 2, 3], Sent().Select(e => e.Sequence));
    }

    [Fact]
    public void The_birth_and_the_will_carry_the_same_connection_and_another_one_each_time()
    {
        Open();
        var first = Connection(Link.Published[0].Message.Payload);
        Assert.Equal(first, Connection(Link.Will!.Payload));
        Link.Tell(new BackendEvent.Ended(0, "gone"));
        sync.Step();
        time.Advance(TimeSpan.FromMinutes(1));
        Open();

        Assert.NotEqual(first, Connection(Link.Published[0].Message.Payload));
        Assert.Equal(Connection(Link.Will!.Payload), Connection(Link.Published[0].Message.Payload));
    }

    [Fact]
    public void The_retained_status_follows_what_is_in_doubt()
    {
        var headline = new Headline(0, null);
        sync.Headline = () => headline;
        Open();
        sync.Step();
        Assert.Single(Statuses());

        headline = new(1, 17);
        sync.Step();
        sync.Step();
        Assert.Equal(2, Statuses().Count);
        Assert.EndsWith("\"unresolved\":1,\"oldestMs\":17}", Statuses()[^1]);

        Link.Tell(new BackendEvent.Ended(0, "gone"));
        sync.Step();
        headline = new(0, null);
        time.Advance(TimeSpan.FromMinutes(1));
        Open();
        Assert.EndsWith("\"unresolved\":0}", Assert.Single(Statuses()));

        List<string> Statuses() => [.. Link.Published.Where(p => p.Message is { Retain: true } m
            && m.Topic == topics.Status).Select(p => Encoding.UTF8.GetString(p.Message.Payload))];
    }

    [Fact]
    public void An_acknowledgement_empties_the_backlog_and_is_kept_in_the_journal()
    {
        journal.Add(3);
        Open();
        Assert.Equal(3, sync.Status.Backlog);

        Acknowledge(3);

        Assert.Equal(new SyncStatus(true, 0, Trouble.None, ""), sync.Status);
        Assert.Equal(3, journal.Acknowledged);
    }

    [Fact]
    public void The_cursor_is_written_once_a_minute_at_most()
    {
        journal.Add(3);
        Open();
        Acknowledge(1);
        Acknowledge(2);
        Assert.Equal(1, journal.Acknowledged);

        time.Advance(TimeSpan.FromSeconds(60));
        sync.Step();

        Assert.Equal(2, journal.Acknowledged);
    }

    [Fact]
    public void A_forged_acknowledgement_moves_nothing_and_is_reported()
    {
        journal.Add(3);
        Open();

        Tell(new Ack(journal.Epoch, 3, new byte[32], []));
        Assert.Equal(Trouble.ForeignJournal, sync.Status.Trouble);
        Tell(new Ack("00000000000000e2", 3, journal.Read(3, 1)[0].Hash, []));
        Tell(new Ack(journal.Epoch, 4, new byte[32], []));
        Link.Tell(new BackendEvent.Received(topics.Ack, [0xFF]));
        sync.Step();

        Assert.Equal(3, sync.Status.Backlog);
        Assert.Equal(0, journal.Acknowledged);
    }

    [Fact]
    public void Entries_appended_later_leave_when_it_is_nudged()
    {
        Open();
        journal.Add(2);

        sync.Step();

        Assert.Equal([1, 2], Sent().Select(e => e.Sequence));
    }

    [Fact]
    public void Batches_fit_the_brokers_packets()
    {
        journal.Add(100, 1000);
        Open(maximumPacket: 16 * 1024);

        var batches = Link.Published.Where(p => p.Message.Topic == topics.Journal).ToArray();

        Assert.All(batches, b => Assert.InRange(b.Message.Payload.Length, 1, 15 * 1024));
        Assert.Equal(100, Sent().Count);
    }

    [Fact]
    public void An_entry_longer_than_the_brokers_packets_holds_the_queue_visibly_instead_of_being_skipped()
    {
        journal.Add(1, 4000);
        journal.Add(1, 10);

        Open(maximumPacket: 2000);

        Assert.Empty(Sent());
        Assert.True(Link.Disposed);
        Assert.Equal((Trouble.PacketLimit, 2), (sync.Status.Trouble, sync.Status.Backlog));
    }

    [Fact]
    public void A_flood_of_messages_does_not_grow_without_a_limit()
    {
        journal.Add(2);
        Open();
        var lie = new Ack(journal.Epoch, 1, new byte[32], []).Write();
        for (var i = 0; i < 256; i++)
        {
            Link.Tell(new BackendEvent.Received(topics.Ack, lie));
        }
        Link.Tell(new BackendEvent.Received(topics.Ack, new Ack(journal.Epoch, 2, journal.Last!.Hash, []).Write()));
        Link.Tell(new BackendEvent.Ended(0, "gone"));

        sync.Step();

        Assert.Equal(2, sync.Status.Backlog);
        Assert.False(sync.Status.Connected);
    }

    [Fact]
    public void The_backlog_is_known_before_the_first_connection()
    {
        journal.Add(5);
        journal.Acknowledge(2);

        var waiting = new JournalSync(
            new("T-1", "b007", "1.2.3", new()), journal, _ => throw new InvalidOperationException(), new Clock(time));

        Assert.Equal(new SyncStatus(false, 3, Trouble.None, ""), waiting.Status);
    }

    [Fact]
    public void Each_change_of_the_status_is_reported_once()
    {
        Open();
        sync.Step();
        sync.Step();
        journal.Add(1);
        sync.Step();
        Acknowledge(1);

        Assert.Equal(
            [new(true, 0, Trouble.None, ""), new(true, 1, Trouble.None, ""), new(true, 0, Trouble.None, "")], reports);
    }

    [Fact]
    public async Task Told_to_stop_it_keeps_the_cursor_and_ends_the_connection()
    {
        using var stop = new CancellationTokenSource();
        journal.Add(2);
        Open();
        Acknowledge(1);
        Acknowledge(2);
        await stop.CancelAsync();

        await sync.RunAsync(stop.Token);

        Assert.True(Link.Disposed);
        Assert.Equal(2, journal.Acknowledged);
    }

    [Fact]
    public void A_journal_that_cannot_be_read_ends_the_sync()
    {
        journal.Add(1);
        sync.Step();
        journal.Dispose();
        Link.Tell(new BackendEvent.Opened(20, Large));
        Link.Tell(new BackendEvent.Subscribed(0));

        Assert.Throws<JournalFailedException>(() => sync.Step());
    }
}
