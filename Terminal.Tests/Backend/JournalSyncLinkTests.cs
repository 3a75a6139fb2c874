using Sandbox.Backend;
using Terminal.Backend;

namespace Terminal.Tests.Backend;

/// <summary>What it does when the link does not hold.</summary>
public sealed class JournalSyncLinkTests : JournalSyncScene
{
    [Fact]
    public void After_a_lost_connection_it_opens_a_new_one_later_and_begins_after_the_acknowledged()
    {
        journal.Add(250);
        Open();
        Acknowledge(100);
        var old = Link;
        old.Tell(new BackendEvent.Ended(0, "gone"));

        var again = sync.Step();

        Assert.True(old.Disposed);
        Assert.False(sync.Status.Connected);
        Assert.Equal((Trouble.Unreachable, "gone"), (sync.Status.Trouble, sync.Status.Detail));
        Assert.InRange(again.Ticks, 0, TimeSpan.FromSeconds(1).Ticks);
        time.Advance(TimeSpan.FromSeconds(1));
        Open();
        Assert.NotSame(old, Link);
        Assert.Equal(101, Sent()[0].Sequence);
    }

    [Fact]
    public void What_an_ended_connection_still_tells_is_ignored()
    {
        journal.Add(1);
        Open();
        var old = Link;
        old.Tell(new BackendEvent.Ended(0, "gone"));
        sync.Step();
        time.Advance(TimeSpan.FromSeconds(1));
        Open();

        old.Tell(new BackendEvent.Ended(0, "gone again"));
        old.Tell(new BackendEvent.Received(topics.Ack, new Ack(journal.Epoch, 1, journal.Last!.Hash, []).Write()));
        sync.Step();

        Assert.True(sync.Status.Connected);
        Assert.Equal(1, sync.Status.Backlog);
    }

    [Fact]
    public void A_connection_that_does_not_open_in_time_is_given_up()
    {
        var until = sync.Step();
        Assert.Equal(TimeSpan.FromSeconds(30).Ticks, until.Ticks);
        time.Advance(TimeSpan.FromSeconds(30));

        sync.Step();

        Assert.True(Link.Disposed);
        Assert.Equal(Trouble.Unreachable, sync.Status.Trouble);
    }

    [Fact]
    public void A_broker_that_stops_answering_is_left()
    {
        journal.Add(1);
        Open();
        time.Advance(TimeSpan.FromSeconds(15));

        sync.Step();

        Assert.True(Link.Disposed);
        Assert.Equal(Trouble.Unreachable, sync.Status.Trouble);
    }

    [Fact]
    public void Refused_credentials_are_named_and_tried_slowly()
    {
        sync.Step();
        Link.Tell(new BackendEvent.Ended(ReasonCode.NotAuthorized, "not authorised"));

        var again = sync.Step();

        Assert.Equal(Trouble.Credentials, sync.Status.Trouble);
        Assert.InRange(again.Ticks, TimeSpan.FromMinutes(5).Ticks, TimeSpan.FromMinutes(15).Ticks);
    }

    [Fact]
    public void A_topic_that_may_not_be_read_is_named()
    {
        sync.Step();
        Link.Tell(new BackendEvent.Opened(20, Large));
        Link.Tell(new BackendEvent.Subscribed(ReasonCode.NotAuthorized));

        sync.Step();

        Assert.Equal(Trouble.Denied, sync.Status.Trouble);
        Assert.Contains(topics.Ack, sync.Status.Detail, StringComparison.Ordinal);
    }
}
