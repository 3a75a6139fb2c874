using Terminal.Backend;
using Terminal.Payments;

namespace Terminal.Tests.Backend;

/// <summary>In which order entries leave, and what moves past them.</summary>
public sealed class OutboxTests : OutboxScene
{
    [Fact]
    public void Nothing_leaves_before_the_connection_stands()
    {
        newest = 10;

        Assert.Equal(new OutboxStep.Wait(Moment.Never), Next());
    }

    [Fact]
    public void A_single_new_entry_leaves_at_once()
    {
        Connect();
        Assert.Equal(new OutboxStep.Wait(Moment.Never), Next());
        newest = 1;

        Assert.Equal(new OutboxStep.Publish(1, 1), Next());
    }

    [Fact]
    public void A_backlog_leaves_in_order_in_batches_of_at_most_one_hundred_until_the_window_is_full()
    {
        newest = 5000;
        Connect();

        var sent = SendAll();

        Assert.Equal(Policy.Window, sent.Count);
        Assert.Equal(Enumerable.Range(0, Policy.Window).Select(i => ((i * 100L) + 1, (i + 1) * 100L)),
            sent.Select(s => (s.From, s.To)));
        Assert.IsType<OutboxStep.Wait>(Next());
    }

    [Fact]
    public void The_window_is_the_brokers_if_that_is_smaller()
    {
        newest = 5000;
        outbox.Connected(3, now);

        Assert.Equal(3, SendAll().Count);
    }

    [Fact]
    public void A_batch_that_was_cut_short_is_continued_where_it_ended()
    {
        newest = 100;
        Connect();
        Next();
        outbox.Sent(1, 37, now);

        Assert.Equal(new OutboxStep.Publish(38, 63), Next());
    }

    [Fact]
    public void No_more_than_the_limit_is_sent_without_an_acknowledgement_even_if_the_broker_takes_everything()
    {
        newest = 10_000;
        Connect();

        for (var round = 0; round < 5; round++)
        {
            AcceptAll(SendAll());
        }

        Assert.IsType<OutboxStep.Wait>(Next());
        Acknowledge(1950);
        Assert.Equal(new OutboxStep.Publish(2001, 100), Next());
    }

    [Fact]
    public void The_brokers_answer_moves_nothing_past_an_entry()
    {
        newest = 5;
        Connect();

        AcceptAll(SendAll());

        Assert.Equal(0, outbox.Acknowledged);
    }

    [Fact]
    public void Only_an_acknowledgement_of_our_epoch_with_our_hash_moves_the_cursor()
    {
        newest = 5;
        Connect();
        SendAll();

        Assert.False(outbox.Heard(new("00000000000000e2", 5, Hash, []), Hash, now));
        Assert.False(outbox.Heard(new(Epoch, 5, new byte[32], []), Hash, now));
        Assert.Equal(Trouble.ForeignJournal, outbox.Trouble);
        Assert.False(outbox.Heard(new(Epoch, 5, Hash, []), [], now));
        Assert.Equal(0, outbox.Acknowledged);
        Assert.True(outbox.Heard(new(Epoch, 5, Hash, []), Hash, now));
        Assert.Equal(5, outbox.Acknowledged);
        Assert.Equal(Trouble.None, outbox.Trouble);
    }

    [Fact]
    public void An_older_acknowledgement_never_moves_the_cursor_back()
    {
        newest = 200;
        Connect();
        SendAll();
        Acknowledge(150);

        Assert.False(Acknowledge(100));

        Assert.Equal(150, outbox.Acknowledged);
    }

    [Fact]
    public void An_acknowledgement_beyond_what_was_sent_skips_it_because_the_hash_proves_it()
    {
        newest = 300;
        Connect();

        Acknowledge(250);

        Assert.Equal(new OutboxStep.Publish(251, 50), Next());
    }

    [Fact]
    public void A_broker_that_does_not_answer_a_message_is_dropped()
    {
        newest = 1;
        Connect();
        SendAll();
        Assert.Equal(new OutboxStep.Wait(now + Policy.PublishLimit), Next());
        now += Policy.PublishLimit;

        Assert.Equal(new OutboxStep.Drop(Trouble.Unreachable), Next());
    }

    [Fact]
    public void A_new_connection_begins_after_what_is_acknowledged()
    {
        newest = 500;
        Connect();
        SendAll();
        Acknowledge(120);
        outbox.Disconnected();
        Assert.Equal(new OutboxStep.Wait(Moment.Never), Next());

        Connect();

        Assert.Equal(new OutboxStep.Publish(121, 100), Next());
    }
}
