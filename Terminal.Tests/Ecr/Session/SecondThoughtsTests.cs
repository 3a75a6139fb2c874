using Terminal.Ecr.Blocks;
using Terminal.Ecr.Session;
using Terminal.Payments;
using Terminal.Payments.Answers;
using Terminal.Scanner;

namespace Terminal.Tests.Ecr.Session;

/// <summary>A till that says NAK and takes the block all the same.</summary>
public sealed class SecondThoughtsTests
{
    readonly EcrSession session = new(new(), new CodeSeal(new byte[32]));
    Moment now = new(TimeSpan.FromHours(1).Ticks);

    [Fact]
    public void Whose_06_0F_was_taken_after_a_NAK_is_not_sent_it_again_and_is_heard_at_once()
    {
        session.LineUp();
        Assert.Equal(["8000"], Say(Hex.Of(Frame.Encode(Hex.Bytes("0601 07 04000000001234")))));
        Say("06");
        session.Offer(new(Slips.Sale, new Outcome.Approved("1"), Moment.Never), now);
        Assert.Equal(["040F"], Heard());
        Assert.Empty(Say("06 100280000010 03F51F"));
        session.Complete(new(Slips.Sale.Id), now);
        Assert.Equal(["060F"], Heard());

        Assert.Empty(Say("15 06 100280000010 03F51F"));
        Assert.Equal(["8000"], Say(Hex.Of(Frame.Encode(Hex.Bytes("0501 00")))));
    }

    string[] Say(string hex)
    {
        session.Feed(Hex.Bytes(hex), now);
        return Heard();
    }

    /// <summary>The blocks that left within half a second.</summary>
    string[] Heard()
    {
        List<string> said = [];
        var until = now + TimeSpan.FromMilliseconds(500);
        do
        {
            while (session.TryTake(out var output))
            {
                if (output is SessionOutput.Write { Bytes: [Frame.Dle, Frame.Stx, var first, var second, ..] })
                {
                    said.Add($"{first:X2}{second:X2}");
                }
            }
            now = Moment.Latest(now, Moment.Earliest(session.WakeAt, until));
            session.TimePassed(now);
        }
        while (now < until);
        return [.. said];
    }
}
