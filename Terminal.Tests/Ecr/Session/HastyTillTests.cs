using System.Net;
using Terminal.Ecr.Session;
using Terminal.Payments;
using Terminal.Scanner;

namespace Terminal.Tests.Ecr.Session;

/// <summary>A till that does not wait for the answer to its order.</summary>
public sealed class HastyTillTests
{
    [Fact]
    public void Its_registration_right_behind_an_order_ends_the_order_too()
    {
        var session = new EcrSession(new() { Tcp = new(IPAddress.Loopback, 1) }, new CodeSeal(new byte[32]));
        session.LineUp();
        session.Feed(Hex.Bytes("0601 07 04000000001234 0600 06 123456 06 0978"), default);

        List<LoopInput> posted = [];
        while (session.TryTake(out var output))
        {
            if (output is SessionOutput.Post post)
            {
                posted.Add(post.Input);
            }
        }
        Assert.IsType<DeskInput.TillGone>(posted[^1]);
        Assert.Contains(posted, input => input is Arrival.Instructed);
    }
}
