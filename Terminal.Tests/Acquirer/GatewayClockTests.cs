using Terminal.Acquirer;

namespace Terminal.Tests.Acquirer;

public sealed class GatewayClockTests
{
    readonly ManualTime time = new();
    readonly GatewayClock clock;

    public GatewayClockTests() => clock = new(time);

    [Fact]
    public void Before_the_first_answer_our_own_clock_counts()
    {
        Assert.False(clock.Known);
        Assert.Equal(time.GetUtcNow(), clock.Now);
    }

    [Theory]
    [InlineData("2026-11-21T00:22:47Z")]
    [InlineData("2026-11-21T08:22:47+08:00")]
    [InlineData("2026-11-21T00:22:47.0000000Z")]
    [InlineData("1795220567000")]
    public void The_gateways_time_runs_on_our_monotonic_clock(string told)
    {
        clock.Learn(told, time.GetTimestamp());
        time.Advance(TimeSpan.FromSeconds(13));
        Assert.True(clock.Known);
        Assert.Equal(new DateTimeOffset(2026, 11, 21, 0, 23, 0, TimeSpan.Zero), clock.Now);
    }

    [Theory]
    [InlineData("")]
    [InlineData("yesterday")]
    [InlineData("9999-12-31T23:59:59Z")]
    [InlineData("0001-01-01T00:00:00+14:00")]
    [InlineData("99999999999999999")]
    [InlineData("0")]
    public void A_time_that_cannot_be_is_not_learned(string told)
    {
        clock.Learn(told, time.GetTimestamp());
        Assert.False(clock.Known);
    }

    [Fact]
    public void A_slow_answer_does_not_tell_the_time()
    {
        var sentAt = time.GetTimestamp();
        time.Advance(TimeSpan.FromSeconds(8));
        clock.Learn("2026-11-21T00:22:47Z", sentAt);
        Assert.False(clock.Known);
    }
}
