using Terminal.Acquirer;

namespace Terminal.Tests.Acquirer;

public sealed class GatewayClockTests
{
    static readonly DateTimeOffset Begin = new(2026, 11, 21, 0, 22, 47, TimeSpan.Zero);

    readonly ManualTime time = new();
    readonly GatewayClock clock;

    public GatewayClockTests() => clock = new(time);

    /// <summary>The gateway's true time, which runs as ours does.</summary>
    DateTimeOffset True => Begin + time.GetElapsedTime(0);

    [Fact]
    public void Before_the_gateways_time_is_known_our_own_clock_counts()
    {
        Assert.False(clock.Known);
        Assert.Equal(time.GetUtcNow(), clock.Now);
    }

    [Theory]
    [InlineData("yyyy-MM-ddTHH:mm:ssZ")]
    [InlineData("yyyy-MM-ddTHH:mm:ss.fffffffZ")]
    [InlineData("yyyy-MM-dd HH:mm:ss+00:00")]
    public void Three_answers_that_agree_tell_the_time_which_runs_on_our_monotonic_clock(string format)
    {
        Assert.Equal(Freshness.Unknown, Take(True.ToString(format)));
        Pass(1);
        Assert.Equal(Freshness.Unknown, Take(True.ToString(format)));
        Assert.False(clock.Known);
        Pass(1);
        Assert.Equal(Freshness.Unknown, Take(True.ToString(format)));
        Assert.True(clock.Known);
        Pass(13);
        Assert.Equal(True, clock.Now);
        Assert.Equal(Freshness.Fresh, Take(True.ToString(format)));
    }

    [Fact]
    public void Milliseconds_are_a_time_too()
    {
        for (var i = 0; i < 3; i++)
        {
            Pass(1);
            Take($"{True.ToUnixTimeMilliseconds()}");
        }
        Assert.Equal(True, clock.Now);
    }

    [Theory]
    [InlineData("")]
    [InlineData("yesterday")]
    [InlineData("9999-12-31T23:59:59Z")]
    [InlineData("0001-01-01T00:00:00+14:00")]
    [InlineData("99999999999999999")]
    [InlineData("0")]
    public void A_time_that_cannot_be_is_no_time(string told)
    {
        Assert.Equal(Freshness.Stale, Take(told));
        Learn();
        Assert.Equal(Freshness.Stale, Take(told));
    }

    [Fact]
    public void One_answer_repeated_is_one_witness()
    {
        var recorded = Stamp(True);
        for (var i = 0; i < 20; i++)
        {
            Take(recorded);
            Pass(0.2);
        }
        Assert.False(clock.Known);
    }

    [Fact]
    public void Answers_that_were_signed_at_another_pace_do_not_agree()
    {
        for (var i = 0; i < 20; i++)
        {
            Take(Stamp(Begin.AddSeconds(15 * i)));
            Pass(1);
        }
        Assert.False(clock.Known);
    }

    [Fact]
    public void A_wrong_first_answer_does_not_keep_the_right_ones_from_being_heard()
    {
        Take(Stamp(True.AddMinutes(10)));
        Learn();
        Assert.True(clock.Known);
    }

    [Fact]
    public void A_slow_answer_does_not_tell_the_time()
    {
        for (var i = 0; i < 5; i++)
        {
            var sentAt = time.GetTimestamp();
            Pass(8);
            clock.Take(Stamp(True), sentAt);
        }
        Assert.False(clock.Known);
    }

    [Fact]
    public void An_answer_that_was_long_on_its_way_is_fresh_if_it_was_signed_meanwhile()
    {
        Learn();
        var (sentAt, early) = (time.GetTimestamp(), Stamp(True.AddSeconds(-59)));
        Pass(30);
        Assert.Equal(Freshness.Fresh, clock.Take(early, sentAt));
        Assert.Equal(Freshness.Fresh, clock.Take(Stamp(True.AddSeconds(59)), sentAt));
        Assert.Equal(Freshness.Stale, clock.Take(Stamp(True.AddSeconds(-92)), sentAt));
        Assert.Equal(Freshness.Unknown, clock.Take(Stamp(True.AddSeconds(62)), sentAt));
    }

    [Fact]
    public void Answers_of_earlier_never_turn_the_clock_back()
    {
        Learn();
        for (var i = 0; i < 2000; i++)
        {
            Take(Stamp(clock.Now.AddSeconds(-59)));
            Pass(1);
        }
        Assert.InRange((True - clock.Now).TotalSeconds, -1, 1);
        Assert.Equal(Freshness.Stale, Take(Stamp(True.AddMinutes(-2))));
    }

    [Fact]
    public void Nor_do_single_answers_that_are_ahead_lead_it_away()
    {
        Learn();
        for (var i = 0; i < 100; i++)
        {
            Assert.Equal(Freshness.Fresh, Take(Stamp(True.AddSeconds(59))));
            Pass(1);
        }
        Assert.InRange((True - clock.Now).TotalSeconds, -1, 1);
        Assert.InRange((True - clock.Newest!.Value).TotalSeconds, -1, 2);
    }

    [Theory]
    [InlineData(-0.36)]
    [InlineData(0.36)]
    public void A_gateway_whose_clock_is_slower_or_faster_than_ours_is_followed(double secondsAnHour)
    {
        Learn();
        for (var hour = 1; hour <= 24 * 60; hour++)
        {
            Pass(3600);
            Assert.Equal(Freshness.Fresh, Take(Stamp(True.AddSeconds(secondsAnHour * hour))));
        }
    }

    [Fact]
    public void A_leap_forward_is_believed_once_three_answers_agree_on_it()
    {
        Learn();
        time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(Freshness.Unknown, Take(Stamp(True.AddHours(1))));
        Assert.Equal(Freshness.Fresh, Take(Stamp(True)));
        for (var i = 0; i < 3; i++)
        {
            Pass(1);
            Assert.Equal(Freshness.Unknown, Take(Stamp(True.AddHours(1))));
        }
        Assert.Equal(Freshness.Stale, Take(Stamp(True)));
        Assert.Equal(Freshness.Fresh, Take(Stamp(True.AddHours(1))));
    }

    [Fact]
    public void After_a_start_nothing_older_is_heard_than_what_the_journal_knows()
    {
        var later = new GatewayClock(time, Begin.AddDays(2));
        for (var i = 0; i < 5; i++)
        {
            Assert.Equal(Freshness.Stale, later.Take(Stamp(True), time.GetTimestamp()));
            Pass(1);
        }
        Assert.False(later.Known);
        Assert.Equal(Begin.AddDays(2), later.Newest);
        for (var i = 0; i < 3; i++)
        {
            later.Take(Stamp(True.AddDays(3)), time.GetTimestamp());
            Pass(1);
        }
        Assert.True(later.Known);
        Assert.InRange((True.AddDays(3) - later.Newest!.Value).TotalSeconds, 0, 2);
    }

    [Fact]
    public void A_person_can_have_a_wrong_time_forgotten()
    {
        var wrong = new GatewayClock(time, Begin.AddYears(1));
        Assert.Equal(Freshness.Stale, wrong.Take(Stamp(True), time.GetTimestamp()));
        wrong.Forget();
        Assert.Null(wrong.Newest);
        for (var i = 0; i < 3; i++)
        {
            wrong.Take(Stamp(True), time.GetTimestamp());
            Pass(1);
        }
        Assert.Equal(Freshness.Fresh, wrong.Take(Stamp(True), time.GetTimestamp()));
    }

    Freshness Take(string told) => clock.Take(told, time.GetTimestamp());

    void Learn()
    {
        for (var i = 0; i < 3; i++)
        {
            Pass(1);
            Take(Stamp(True));
        }
        Assert.True(clock.Known);
    }

    void Pass(double seconds) => time.Advance(TimeSpan.FromSeconds(seconds));

    static string Stamp(DateTimeOffset at) => at.ToString("yyyy-MM-ddTHH:mm:ssZ");
}
