using Terminal.Backend;
using Terminal.Payments;

namespace Terminal.Tests.Backend;

public sealed class OutboxTests
{
    const string Epoch = "00000000000000e1";

    static readonly byte[] Hash = [.. Enumerable.Range(1, 32).Select(i => (byte)i)];
    static readonly SyncPolicy Policy = new();

    readonly Outbox outbox = new(Policy, Epoch, 0);
    Moment now = new(0);
    long newest;

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
    public void Without_acknowledgements_the_same_entries_leave_again_ever_more_slowly()
    {
        newest = 30;
        Connect();
        var waits = new List<double>();
        for (var i = 0; i < 7; i++)
        {
            AcceptAll(SendAll());
            var wait = Assert.IsType<OutboxStep.Wait>(Next());
            waits.Add((wait.Until - now).TotalSeconds);
            now = wait.Until;
            Assert.Equal(new OutboxStep.Publish(1, 30), Next());
            Assert.Equal(Trouble.Silent, outbox.Trouble);
        }

        Assert.Equal([5, 10, 20, 40, 60, 60, 60], waits);
    }

    [Fact]
    public void Progress_restores_the_first_wait()
    {
        newest = 30;
        Connect();
        AcceptAll(SendAll());
        now = WaitUntil();
        AcceptAll(SendAll());
        Acknowledge(10);

        Assert.Equal(TimeSpan.FromSeconds(5), WaitUntil() - now);
    }

    [Fact]
    public void A_slow_head_office_is_waited_for_four_round_trips()
    {
        newest = 1;
        Connect();
        AcceptAll(SendAll());
        now += TimeSpan.FromSeconds(4);
        Acknowledge(1);
        newest = 2;
        AcceptAll(SendAll());

        Assert.Equal(TimeSpan.FromSeconds(16), WaitUntil() - now);
    }

    [Fact]
    public void What_was_sent_twice_is_no_measure_of_the_round_trip()
    {
        newest = 1;
        Connect();
        AcceptAll(SendAll());
        now = WaitUntil();
        AcceptAll(SendAll());
        now += TimeSpan.FromSeconds(6);
        Acknowledge(1);
        newest = 2;
        AcceptAll(SendAll());

        Assert.Equal(TimeSpan.FromSeconds(5), WaitUntil() - now);
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

    [Theory]
    [InlineData(0x80)]
    [InlineData(0x83)]
    [InlineData(0x97)]
    public void After_a_refusal_for_now_everything_from_the_refused_entries_on_leaves_again_in_order(int code)
    {
        newest = 300;
        Connect();
        var sent = SendAll();
        AcceptAll(sent[..1]);
        outbox.Published(sent[1].Token, code, now);
        Assert.Equal(Trouble.Busy, outbox.Trouble);
        AcceptAll(sent[2..]);
        Assert.Equal(new OutboxStep.Wait(now + Policy.FirstRetry), Next());
        now += Policy.FirstRetry;

        Assert.Equal([1, 101, 201], SendAll().Select(s => s.From));
    }

    [Fact]
    public void Refusals_in_a_row_back_off_to_a_minute()
    {
        newest = 1;
        Connect();
        var waits = new List<double>();
        for (var i = 0; i < 8; i++)
        {
            outbox.Published(SendAll()[0].Token, 0x97, now);
            Assert.Equal(Trouble.Busy, outbox.Trouble);
            waits.Add((WaitUntil() - now).TotalSeconds);
            now = WaitUntil();
        }

        Assert.Equal([1, 2, 4, 8, 16, 32, 60, 60], waits);
    }

    [Theory]
    [InlineData(0x87, Trouble.Denied)]
    [InlineData(0x90, Trouble.Denied)]
    [InlineData(0x99, Trouble.Denied)]
    [InlineData(0x95, Trouble.PacketLimit)]
    public void What_only_a_person_can_put_right_is_tried_every_five_minutes_and_never_skipped(int code, Trouble trouble)
    {
        newest = 100;
        Connect();

        outbox.Published(SendAll()[0].Token, code, now);

        Assert.Equal(trouble, outbox.Trouble);
        Assert.Equal(TimeSpan.FromMinutes(5), WaitUntil() - now);
        now = WaitUntil();
        Assert.Equal(new OutboxStep.Publish(1, 100), Next());
    }

    [Fact]
    public void When_nobody_subscribes_the_pace_drops_but_nothing_goes_back()
    {
        newest = 300;
        Connect();
        var sent = SendAll();
        outbox.Published(sent[0].Token, ReasonCode.NoMatchingSubscribers, now);
        outbox.Published(sent[1].Token, ReasonCode.NoMatchingSubscribers, now);
        outbox.Published(sent[2].Token, ReasonCode.NoMatchingSubscribers, now);
        Assert.Equal(Trouble.Unheard, outbox.Trouble);
        newest = 310;

        Assert.Equal(new OutboxStep.Wait(now + Policy.FirstRetry), Next());
        now += Policy.FirstRetry;
        Assert.Equal(new OutboxStep.Publish(301, 10), Next());
    }

    [Fact]
    public void An_acknowledgement_ends_a_pause_because_somebody_listens_after_all()
    {
        newest = 300;
        Connect();
        outbox.Published(SendAll()[0].Token, ReasonCode.NoMatchingSubscribers, now);
        newest = 310;

        Acknowledge(300);

        Assert.Equal(new OutboxStep.Publish(301, 10), Next());
        Assert.Equal(Trouble.None, outbox.Trouble);
    }

    [Fact]
    public void Needed_entries_go_first_cut_to_what_was_sent()
    {
        newest = 1000;
        Connect();
        AcceptAll(SendAll());

        outbox.Heard(new(Epoch, 0, Hash, [new(1, 120), new(990, 5000), new(2000, 3000)]), Hash, now);

        Assert.Equal([(1, 100), (101, 120), (990, 1000)], SendAll().Select(s => (s.From, s.To)));
    }

    [Fact]
    public void A_request_repeated_while_its_answer_is_under_way_is_not_served_twice()
    {
        newest = 100;
        Connect();
        AcceptAll(SendAll());
        var ack = new Ack(Epoch, 0, Hash, [new(1, 10)]);
        outbox.Heard(ack, Hash, now);
        AcceptAll(SendAll());

        outbox.Heard(ack, Hash, now);
        Assert.Empty(SendAll());
        now += TimeSpan.FromSeconds(5) - TimeSpan.FromTicks(1);
        outbox.Heard(ack, Hash, now);
        Assert.Empty(SendAll());
        now += TimeSpan.FromTicks(1);
        outbox.Heard(ack, Hash, now);
        Assert.Equal((1, 10), (SendAll()[0].From, 10));
    }

    [Fact]
    public void Entries_acknowledged_long_ago_are_sent_again_to_a_head_office_that_lost_them()
    {
        newest = 100;
        Connect();
        AcceptAll(SendAll());
        Acknowledge(100);

        outbox.Heard(new(Epoch, 40, Hash, [new(41, 60)]), Hash, now);

        Assert.Equal(new OutboxStep.Publish(41, 20), Next());
        Assert.Equal(100, outbox.Acknowledged);
    }

    [Fact]
    public void An_answer_to_a_message_of_an_earlier_connection_is_ignored()
    {
        newest = 1;
        Connect();
        var sent = SendAll();
        outbox.Disconnected();
        Connect();

        outbox.Published(sent[0].Token, 0x87, now);

        Assert.Equal(Trouble.None, outbox.Trouble);
        Assert.Equal(new OutboxStep.Publish(1, 1), Next());
    }

    void Connect() => outbox.Connected(65535, now);

    OutboxStep Next() => outbox.Next(newest, now);

    Moment WaitUntil() => Assert.IsType<OutboxStep.Wait>(Next()).Until;

    bool Acknowledge(long upto) => outbox.Heard(new(Epoch, upto, Hash, []), Hash, now);

    List<(int Token, long From, long To)> SendAll()
    {
        var sent = new List<(int, long, long)>();
        while (Next() is OutboxStep.Publish(var from, var most))
        {
            var to = from + most - 1;
            sent.Add((outbox.Sent(from, to, now), from, to));
        }
        return sent;
    }

    void AcceptAll(IEnumerable<(int Token, long From, long To)> sent)
    {
        foreach (var (token, _, _) in sent)
        {
            outbox.Published(token, ReasonCode.Success, now);
        }
    }
}
