using Terminal.Ecr.Commands;
using Terminal.Ecr.Messages;
using Terminal.Ecr.Session;
using Terminal.Payments;
using Terminal.Scanner;

namespace Terminal.Tests.Ecr.Commands;

/// <summary>A till gone mad: it orders again and again.</summary>
public sealed class OrderPaceTests
{
    [Fact]
    public void So_many_in_one_go_and_as_many_again_in_a_minute()
    {
        var pace = new OrderPace(60);
        var now = new Moment(TimeSpan.FromHours(1).Ticks);
        Assert.Equal(60, Enumerable.Range(0, 100).Count(_ => pace.Takes(now)));
        Assert.Equal(30, Enumerable.Range(0, 100).Count(_ => pace.Takes(now + TimeSpan.FromSeconds(30))));
        Assert.Equal(60, Enumerable.Range(0, 100).Count(_ => pace.Takes(now + TimeSpan.FromMinutes(5))));
    }

    /// <summary>What writes nothing is not counted: a till in trouble asks 06 20 often.</summary>
    [Theory]
    [InlineData("0601 07 04000000001234", true)]
    [InlineData("0630 06 000000 870042", true)]
    [InlineData("0650 03 000000", true)]
    [InlineData("0620 03 000000", false)]
    [InlineData("0610 03 000000", false)]
    public void Only_what_is_written_down_is_refused_as_busy(string order, bool isWritten)
    {
        var now = new Moment(TimeSpan.FromHours(1).Ticks);
        var reception = new Reception(new() { OrdersPerMinute = 10 }, new CodeSeal(new byte[32]));
        var taken = Enumerable.Range(0, 20).Count(_ =>
            reception.Hear(Apdu.Read(Hex.Bytes(order))!, new SessionState.Idle(new()), false, now).Command
                is EcrCommand.Instruct);
        Assert.Equal(isWritten ? 10 : 20, taken);
    }
}
