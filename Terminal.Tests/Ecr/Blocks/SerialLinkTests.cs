using Terminal.Ecr;
using Terminal.Ecr.Blocks;
using Terminal.Payments;

namespace Terminal.Tests.Ecr.Blocks;

public sealed class SerialLinkTests
{
    const string Ours = "100204FF010A1003F57D", Theirs = "100206B000100343F3";

    readonly SerialLink link = new(new EcrTimers());
    Moment now = new(TimeSpan.FromMinutes(1).Ticks);

    [Fact]
    public void A_block_is_acknowledged_at_once() => Assert.Equal("06 arrived:06B000", Feed(Theirs));

    [Fact]
    public void A_block_without_ACK_is_sent_three_times_five_seconds_apart()
    {
        Assert.Equal(Ours, Send());
        Assert.Equal("", Pass(4999));
        Assert.Equal(Ours, Pass(1));
        Assert.Equal(Ours, Pass(5000));
        Assert.Equal("", Pass(4999));
        Assert.Equal("lost", Pass(1));
        Assert.Equal("", Pass(60_000));
    }

    [Fact]
    public void After_a_NAK_the_block_waits_for_silence()
    {
        Send();
        Assert.Equal("", Feed("15"));
        Pass(150);
        Assert.Equal("", Feed("00"));
        Assert.Equal("", Pass(199));
        Assert.Equal(Ours, Pass(1));
        Assert.Equal("delivered", Feed("06"));
    }

    [Fact]
    public void After_a_NAK_endless_noise_holds_the_block_for_five_seconds_at_most()
    {
        Send();
        Feed("15");
        var heard = Enumerable.Range(0, 50).Select(_ => Pass(100) + Feed("00")).ToList();
        Assert.Equal(Ours, Assert.Single(heard, h => h.Length > 0));
    }

    [Fact]
    public void Three_NAKs_are_the_end()
    {
        Send();
        Feed("15");
        Assert.Equal(Ours, Pass(200));
        Feed("15");
        Assert.Equal(Ours, Pass(200));
        Assert.Equal("lost", Feed("15"));
    }

    /// <summary>
    /// The till thinks better of it: it has the block. Its next one is an answer then, even if it looks like the last.
    /// </summary>
    [Fact]
    public void An_ACK_behind_a_NAK_delivers_the_block_and_it_is_not_sent_again()
    {
        Feed(Theirs);
        Pass(60);
        Send();
        Assert.Equal("", Feed("15"));
        Assert.Equal("delivered", Feed("06"));
        Assert.Equal("06 arrived:06B000", Feed(Theirs));
        Assert.Equal("", Pass(60_000));
    }

    [Fact]
    public void Stray_ACKs_and_NAKs_are_ignored()
    {
        Assert.Equal("", Feed("06 15 06 15"));
        Send();
        Assert.Equal("delivered", Feed("06 06 15"));
        Assert.Equal("", Pass(60_000));
    }

    [Fact]
    public void A_block_that_comes_again_before_our_answer_arrived_is_acknowledged_only()
    {
        Feed(Theirs);
        Assert.Equal("06", Feed(Theirs));
        Pass(60);
        Send();
        Assert.Equal("06", Feed(Theirs));
    }

    [Fact]
    public void The_same_block_after_our_answer_is_a_new_one()
    {
        Feed(Theirs);
        Pass(60);
        Send();
        Assert.Equal("delivered 06 arrived:06B000", Feed("06" + Theirs));
    }

    [Fact]
    public void The_same_block_after_our_answer_was_lost_for_good_is_a_new_one()
    {
        Feed(Theirs);
        Pass(60);
        Send();
        Pass(5000);
        Pass(5000);
        Assert.Equal("lost", Pass(5000));
        Assert.Equal("06 arrived:06B000", Feed(Theirs));
    }

    [Fact]
    public void Our_block_keeps_fifty_milliseconds_from_our_ACK()
    {
        Feed(Theirs);
        Assert.Equal("", Send());
        Assert.Equal("", Pass(49));
        Assert.Equal(Ours, Pass(1));
    }

    [Fact]
    public void Our_block_waits_while_the_till_is_sending()
    {
        Feed("10 02 06");
        Assert.Equal("", Send());
        Pass(100);
        Assert.Equal("06 arrived:06B000", Feed("B000100343F3"));
        Assert.Equal(Ours, Pass(50));
    }

    [Fact]
    public void Our_block_leaves_in_time_whatever_the_till_is_sending()
    {
        Feed("10 02 06");
        link.Send(Hex.Bytes("04FF010A"), now + TimeSpan.FromMilliseconds(300), now);
        var heard = Enumerable.Range(0, 6).Select(_ => Pass(50) + Feed("00")).ToList();
        Assert.Equal(Ours, heard[^1]);
        Assert.All(heard[..^1], h => Assert.Equal("", h));
    }

    [Fact]
    public void A_spoiled_block_gets_a_NAK_and_our_block_lets_it_come_again()
    {
        Feed("10 02 06");
        Send();
        Assert.Equal("15", Pass(200));
        Assert.Equal("06 arrived:06B000", Feed(Theirs));
        Assert.Equal(Ours, Pass(200));
    }

    string Send()
    {
        link.Send(Hex.Bytes("04FF010A"), Moment.Never, now);
        return Heard();
    }

    string Feed(string hex)
    {
        link.Feed(Hex.Bytes(hex), now);
        return Heard();
    }

    string Pass(int milliseconds)
    {
        now += TimeSpan.FromMilliseconds(milliseconds);
        link.TimePassed(now);
        return Heard();
    }

    string Heard()
    {
        List<string> heard = [];
        while (link.TryTake(out var happened))
        {
            heard.Add(happened switch
            {
                LinkEvent.Write e => Hex.Of(e.Bytes),
                LinkEvent.Arrived e => "arrived:" + Hex.Of(e.Apdu),
                _ => happened.GetType().Name.ToLowerInvariant(),
            });
        }
        return string.Join(' ', heard);
    }
}
