using Terminal.Backend;
using Terminal.Payments;

namespace Terminal.Tests.Backend;

/// <summary>How fast entries leave when somebody does not answer, or refuses.</summary>
public sealed class OutboxPaceTests : OutboxScene
{
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
    [InlineData(0x87, nameof(Trouble.Denied))]
    [InlineData(0x90, nameof(Trouble.Denied))]
    [InlineData(0x99, nameof(Trouble.Denied))]
    [InlineData(0x95, nameof(Trouble.PacketLimit))]
    public void What_only_a_person_can_put_right_is_tried_every_five_minutes_never_skipped(int code, string trouble)
    {
        newest = 100;
        Connect();

        outbox.Published(SendAll()[0].Token, code, now);

        Assert.Equal(Enum.Parse<Trouble>(trouble), outbox.Trouble);
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
}
