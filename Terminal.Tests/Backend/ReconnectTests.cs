using Terminal.Backend;
using Terminal.Payments;

namespace Terminal.Tests.Backend;

public sealed class ReconnectTests
{
    readonly Reconnect reconnect = new(new());
    Moment now = new(0);

    [Fact]
    public void The_bound_of_the_wait_doubles_from_one_second_to_a_minute()
    {
        var waits = Enumerable.Range(0, 9).Select(_ => Wait(Trouble.Unreachable, 1)).ToArray();

        Assert.Equal([1, 2, 4, 8, 16, 32, 60, 60, 60], waits);
    }

    [Fact]
    public void The_wait_is_drawn_from_zero_to_the_bound()
    {
        Wait(Trouble.Busy, 1);
        Wait(Trouble.Busy, 1);

        Assert.Equal(0, Wait(Trouble.Busy, 0));
        Assert.Equal(4, Wait(Trouble.Busy, 0.5));
    }

    [Fact]
    public void A_connection_that_lasted_a_minute_forgives_earlier_failures()
    {
        for (var i = 0; i < 6; i++)
        {
            Wait(Trouble.Unreachable, 1);
        }
        reconnect.Opened(now);
        now += TimeSpan.FromSeconds(60);

        Assert.Equal(1, Wait(Trouble.Unreachable, 1));
    }

    [Fact]
    public void A_shorter_connection_does_not()
    {
        Wait(Trouble.Unreachable, 1);
        reconnect.Opened(now);
        now += TimeSpan.FromSeconds(59);

        Assert.Equal(2, Wait(Trouble.Unreachable, 1));
    }

    [Theory]
    [InlineData(nameof(Trouble.Credentials))]
    [InlineData(nameof(Trouble.Denied))]
    [InlineData(nameof(Trouble.PacketLimit))]
    public void What_only_a_person_can_put_right_is_tried_every_five_to_fifteen_minutes(string name)
    {
        var trouble = Enum.Parse<Trouble>(name);
        Assert.Equal(300, Wait(trouble, 0));
        Assert.Equal(900, Wait(trouble, 1));
        Assert.Equal(300, Wait(trouble, 0));
    }

    [Fact]
    public void A_takeover_is_not_answered_with_a_takeover()
    {
        Assert.Equal(60, Wait(Trouble.TakenOver, 0));
        Assert.Equal(120, Wait(Trouble.TakenOver, 1));
    }

    [Fact]
    public void Silent_ends_right_after_the_opening_are_a_takeover_from_the_fifth_on()
    {
        var troubles = new List<Trouble>();
        for (var i = 0; i < 6; i++)
        {
            reconnect.Opened(now);
            now += TimeSpan.FromSeconds(1);
            troubles.Add(reconnect.Ended(Trouble.Unreachable, 0, now).Trouble);
        }

        Assert.Equal([Trouble.Unreachable, Trouble.Unreachable, Trouble.Unreachable, Trouble.Unreachable,
            Trouble.TakenOver, Trouble.TakenOver], troubles);
    }

    [Fact]
    public void A_connection_that_never_opened_is_no_takeover()
    {
        for (var i = 0; i < 10; i++)
        {
            Assert.Equal(Trouble.Unreachable, reconnect.Ended(Trouble.Unreachable, 0, now).Trouble);
        }
    }

    double Wait(Trouble trouble, double draw) => (reconnect.Ended(trouble, draw, now).At - now).TotalSeconds;
}
