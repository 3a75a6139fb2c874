using System.Net;
using System.Net.Sockets;
using Terminal.Ecr.Blocks;
using Terminal.Ecr.Messages;
using Terminal.Ecr.Session;
using Terminal.Payments;
using Terminal.Payments.Answers;
using Terminal.Payments.Orders;
using Terminal.Scanner;

namespace Terminal.Tests.Ecr.Blocks;

/// <summary>Messages over TCP, and connections that come and go.</summary>
public sealed class TcpEcrTests : TcpEcrRig
{
    [Fact]
    public void A_payment_with_every_byte_on_its_own()
    {
        foreach (var b in Hex.Bytes("0601 07 04000000001234"))
        {
            till.Send([b]);
        }
        Accepted();

        ecr.Approve(proof, new(Sale, new Outcome.Approved("1"), Moment.Never));
        Assert.Equal(Command.StatusInformation, Receive().Command);
        Send("8000 00");
        Assert.Equal(new DeskInput.Answered(Sale.Id, EcrAnswer.Acknowledged), Take(desk));
        ecr.Complete(proof, new(Sale.Id));
        Assert.Equal(Command.Completion, Receive().Command);
        Send("8000 00");
        Assert.Equal(new DeskInput.Closed(Sale.Id, true), Take(desk));
    }

    [Fact]
    public void Commands_in_one_packet_are_answered_one_by_one()
    {
        Send("0602 00  06C0 03 000000  0501 00");

        Assert.Equal(0x8000, Receive().Command);
        Assert.Equal(0x8483, Receive().Command);
        Assert.Equal(0x8000, Receive().Command);
        Assert.Equal(Command.Completion, Receive().Command);
    }

    [Fact]
    public void Who_is_not_allowed_is_turned_away_and_the_next_one_served()
    {
        using var other = new TcpPort(Anywhere, turnedAway.Add)
        {
            Door = new([IPNetwork.Parse("10.0.0.0/8")], TimeProvider.System),
        };
        Assert.Null(other.Open().Line);
        using var stranger = new Socket(SocketType.Stream, ProtocolType.Tcp);
        stranger.Connect((IPEndPoint)other.Listening!);

        Assert.Equal(0, stranger.Receive(new byte[1]));
        Assert.EndsWith("turned away: not in ecr.tcp.allow", Take(turnedAway));
        Assert.Null(other.Open().Line);
    }

    [Fact]
    public void A_new_connection_hears_nothing_of_an_order_that_it_did_not_give()
    {
        var session = new EcrSession(new() { Tcp = new(IPAddress.Loopback, 1) }, new CodeSeal(new byte[32]));
        session.LineUp();
        session.Feed(Hex.Bytes("0601 07 04000000001234"), default);
        session.LineDown(default);
        session.LineUp();
        while (session.TryTake(out _))
        {
        }
        session.Show(new(Stage.AwaitingCode, Moment.Never), default);
        session.Offer(new(Sale, new Outcome.Approved("1"), Moment.Never), default);
        session.TimePassed(new(TimeSpan.FromSeconds(1).Ticks));

        Assert.True(session.TryTake(out var output));
        Assert.Equal(
            new SessionOutput.Post(new DeskInput.Answered(Sale.Id, EcrAnswer.LineDown)), output);
        session.Close(new(Sale.Id, new Outcome.Rejected(new(NotPaidReason.Withdrawn))), default);
        session.TimePassed(new(TimeSpan.FromSeconds(2).Ticks));
        Assert.True(session.TryTake(out output));
        Assert.Equal(new SessionOutput.Post(new DeskInput.Closed(Sale.Id, false)), output);
        Assert.False(session.TryTake(out _));
    }

    [Fact]
    public void A_till_that_stops_in_the_middle_of_a_message_is_hung_up_on()
    {
        var session = new EcrSession(new() { Tcp = new(IPAddress.Loopback, 1) }, new CodeSeal(new byte[32]));
        session.LineUp();
        session.Feed(Hex.Bytes("0602 00  0601 07 040000"), default);
        while (session.TryTake(out _))
        {
        }

        session.TimePassed(session.WakeAt);

        Assert.True(session.TryTake(out var output));
        Assert.Equal(new SessionOutput.HangUp(), output);
        Assert.Equal(Moment.Never, session.WakeAt);
    }

    [Fact]
    public void A_till_that_hangs_up_finds_its_payment_again()
    {
        Send("0601 07 04000000001234");
        Accepted();
        ecr.Approve(proof, new(Sale, new Outcome.Approved("1"), Moment.Never));
        Assert.Equal(Command.StatusInformation, Receive().Command);
        till.Dispose();
        Assert.Equal(new DeskInput.Answered(Sale.Id, EcrAnswer.LineDown), Take(desk));

        till = Connect();
        Assert.IsType<DeskInput.LinkReady>(Take(desk));
        Send("0620 03 000000");
        Assert.Equal(Apdu.Accept.Command, Receive().Command);
        Assert.IsType<Arrival.RepeatAsked>(Take(desk));
        ecr.Approve(proof, new(Sale, new Outcome.Approved("1"), Moment.Never));
        Assert.Equal(Command.StatusInformation, Receive().Command);
        Send("8000 00");
        Assert.Equal(new DeskInput.Answered(Sale.Id, EcrAnswer.Acknowledged), Take(desk));
    }

    [Fact]
    public void A_till_that_connects_for_each_command_is_served_each_time()
    {
        for (var i = 0; i < 20; i++)
        {
            Send("0602 00");
            Assert.Equal(0x8000, Receive().Command);
            till.Dispose();
            till = Connect();
            Assert.IsType<DeskInput.LinkReady>(Take(desk));
        }
    }

    [Fact]
    public void A_port_in_use_is_told_in_words()
    {
        using var other = new TcpPort((IPEndPoint)port.Listening!, turnedAway.Add);

        var (line, problem) = other.Open();

        Assert.Null(line);
        Assert.Contains("in use", problem);
    }
}
