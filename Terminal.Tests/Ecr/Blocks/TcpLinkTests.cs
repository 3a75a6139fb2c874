using Terminal.Ecr.Blocks;
using Terminal.Payments;

namespace Terminal.Tests.Ecr.Blocks;

public sealed class TcpLinkTests
{
    readonly TcpLink link = new(new());

    [Fact]
    public void A_message_is_found_however_it_is_split()
    {
        Assert.Equal("", Feed("06"));
        Assert.Equal("", Feed("01 07 04 000000"));
        Assert.Equal("arrived:06010704000000001234", Feed("001234"));
    }

    [Fact]
    public void Messages_in_one_piece_are_taken_apart()
    {
        Assert.Equal("arrived:06B000 arrived:800000", Feed("06B000 800000 062003"));
        Assert.Equal("arrived:062003000000", Feed("000000"));
    }

    [Fact]
    public void A_long_length_has_its_low_byte_first()
    {
        var data = new string('A', 2 * 0x0102);

        Assert.Equal("", Feed("06D3 FF 02"));
        Assert.Equal("", Feed("01" + data[2..]));
        Assert.Equal($"arrived:06D3FF0201{data}", Feed("AA"));
    }

    [Fact]
    public void A_message_beyond_all_measure_is_cut_off_and_the_next_one_is_whole()
    {
        Feed("0601 FF FFFF");
        for (var left = 0xFFFF; left > 1; left -= 2)
        {
            Assert.Equal("", Feed("0000"));
        }

        var heard = Feed("00 06B000").Split(' ');

        Assert.Equal(Frame.MaxApdu, Hex.Bytes(heard[0]["arrived:".Length..]).Length);
        Assert.Equal("arrived:06B000", heard[1]);
    }

    [Fact]
    public void What_is_sent_leaves_bare_and_once()
    {
        link.Send(Hex.Bytes("04FF010A10"), Moment.Never, default);

        Assert.Equal("04FF010A10 delivered", Heard());
        Assert.Equal(Moment.Never, link.WakeAt);
        Assert.False(link.IsBusy);
    }

    [Fact]
    public void Half_a_message_and_then_nothing_for_T3_is_no_line_any_more()
    {
        var seconds = (double s) => default(Moment) + TimeSpan.FromSeconds(s);
        link.Feed(Hex.Bytes("0601 07 04"), default);
        link.Feed(Hex.Bytes("00"), seconds(3));
        link.TimePassed(seconds(7.9));
        Assert.Equal("", Heard());
        Assert.Equal(seconds(8), link.WakeAt);

        link.TimePassed(seconds(8));

        Assert.Equal("stalled", Heard());
        Assert.Equal(Moment.Never, link.WakeAt);
    }

    [Fact]
    public void A_whole_message_may_be_followed_by_silence()
    {
        link.Feed(Hex.Bytes("06B000"), default);

        Assert.Equal(Moment.Never, link.WakeAt);
    }

    string Feed(string hex)
    {
        link.Feed(Hex.Bytes(hex), default);
        return Heard();
    }

    string Heard()
    {
        var heard = new List<string>();
        while (link.TryTake(out var happened))
        {
            heard.Add(happened switch
            {
                LinkEvent.Write e => Hex.Of(e.Bytes),
                LinkEvent.Arrived e => "arrived:" + Hex.Of(e.Apdu),
                LinkEvent.Delivered => "delivered",
                LinkEvent.Stalled => "stalled",
                _ => happened.ToString(),
            });
        }
        return string.Join(' ', heard);
    }
}
