using System.Net;
using Terminal.Ecr.Session;
using Terminal.Payments;
using Terminal.Payments.Answers;
using Terminal.Payments.Orders;
using Terminal.Scanner;

namespace Terminal.Tests.Ecr.Session;

/// <summary>A numbered order whose connection breaks before its result: its number holds on the next one.</summary>
public sealed class CutOffNumberTests
{
    static readonly Sale Sale = new(
        new("PAYMENT"), Receipt: 1, Trace: 1, new(1234, Currency.Eur), "", new(1767323045000), null);

    readonly EcrSession session = new(new() { Tcp = new(IPAddress.Loopback, 20007) }, new CodeSeal(new byte[32]));
    readonly List<LoopInput> desk = [];
    readonly List<string> told = [];
    readonly Moment now = new(TimeSpan.FromHours(1).Ticks);

    [Fact]
    public void Its_result_is_told_again_on_the_next_connection()
    {
        Order();
        session.LineDown(now);
        session.LineUp();
        session.Offer(new(Sale, new Outcome.Approved("G"), Moment.Never), now);

        Hear("0601 0F 04000000001234 06 06 1F73 03 000001");
        Assert.Equal(new Arrival.RepeatAsked(Sale.Id), desk[^1]);
    }

    [Fact]
    public void Coming_again_while_it_runs_it_is_told_its_result()
    {
        Order();
        session.LineDown(now);
        session.LineUp();

        Hear("0601 0F 04000000001234 06 06 1F73 03 000001");
        Assert.StartsWith("8000", told[^1]);
        session.Offer(new(Sale, new Outcome.Approved("G"), Moment.Never), now);
        Listen();
        Assert.StartsWith("040F", told[^1]);
        Assert.IsType<DeskInput.LinkReady>(desk[^1]);
    }

    void Order()
    {
        session.LineUp();
        Hear("0600 0E 000000 06 0978 06 06 1F73 03 000000");
        Hear("8000 00");
        Hear("0601 0F 04000000001234 06 06 1F73 03 000001");
        Assert.IsType<Arrival.Instructed>(desk[^1]);
    }

    void Hear(string apdu)
    {
        session.Feed(Hex.Bytes(apdu), now);
        Listen();
    }

    void Listen()
    {
        while (session.TryTake(out var output))
        {
            switch (output)
            {
                case SessionOutput.Write e: told.Add(Hex.Of(e.Bytes)); break;
                case SessionOutput.Post e: desk.Add(e.Input); break;
            }
        }
    }
}
