using System.Net;
using Terminal.Ecr.Session;
using Terminal.Payments;
using Terminal.Scanner;

namespace Terminal.Tests.Ecr.Session;

/// <summary>An order of which the journal could keep nothing.</summary>
public sealed class BarredOrderTests
{
    [Theory]
    [InlineData(RefusalReason.JournalFull, "84B100")]
    [InlineData(RefusalReason.JournalDamaged, "84FF00")]
    [InlineData(RefusalReason.JournalDown, "84FF00")]
    [InlineData(RefusalReason.CodeKeyLost, "84FF00")]
    public void It_is_refused_before_it_is_accepted_and_the_desk_never_hears_of_it(RefusalReason why, string answer)
    {
        RefusalReason? Bar(Arrival.Instructed order) => order.Code is null ? why : null;
        var session = new EcrSession(
            new() { Tcp = new(IPAddress.Loopback, 1) }, new CodeSeal(new byte[32]), bar: Bar);
        session.LineUp();

        Assert.Equal([answer], Heard(session, "0601 07 04000000001234"));
        // That of a code which is written down is told what was written.
        Assert.Equal(
            ["800000", "Instructed"], Heard(session, "0601 15 04000000001234 22F0F9281234567890123456 06 00"));
    }

    static List<string> Heard(EcrSession session, string apdu)
    {
        while (session.TryTake(out _))
        {
        }
        session.Feed(Hex.Bytes(apdu), default);
        List<string> heard = [];
        while (session.TryTake(out var output))
        {
            heard.Add(output is SessionOutput.Write e ? Hex.Of(e.Bytes)
                : output is SessionOutput.Post post ? post.Input.GetType().Name
                : $"{output}");
        }
        return heard;
    }
}
