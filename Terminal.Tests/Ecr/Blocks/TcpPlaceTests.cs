using System.Net;
using System.Net.Sockets;
using Terminal.Ecr.Blocks;
using Terminal.Ecr.Messages;
using Terminal.Payments;
using Terminal.Payments.Answers;
using Terminal.Payments.Orders;

namespace Terminal.Tests.Ecr.Blocks;

/// <summary>Who has the line when more than one wants it.</summary>
public sealed class TcpPlaceTests : TcpEcrRig
{
    [Fact]
    public void A_second_till_waits_while_the_first_is_served_and_has_the_line_when_it_hangs_up()
    {
        Send("0602 00");
        Assert.Equal(0x8000, Receive().Command);
        using var second = Connect();
        second.Send(Hex.Bytes("0602 00"));
        Settle();
        for (var i = 0; i < 10; i++)
        {
            Pass(1);
            Send("0602 00");
            Assert.Equal(0x8000, Receive().Command);
        }
        Assert.Empty(turnedAway);

        till.Dispose();
        till = second;
        Assert.Equal(0x8000, Receive().Command);
    }

    /// <summary>Its connection leaked: the same till knocks again, and the old one says nothing.</summary>
    [Fact]
    public void A_silent_till_makes_way_for_itself_after_two_seconds()
    {
        Send("0602 00");
        Assert.Equal(0x8000, Receive().Command);
        var first = till;
        till = Connect();
        Send("0602 00");
        Settle();
        Pass(1.9);
        Assert.False(till.Poll(0, SelectMode.SelectRead));
        Pass(0.1);

        Assert.Equal(0x8000, Receive().Command);
        Assert.Equal(0, first.Receive(new byte[1]));
        first.Dispose();
    }

    /// <summary>A stranger who connects and says nothing keeps nobody out, not for a moment.</summary>
    [Fact]
    public void Who_never_said_anything_makes_way_at_once()
    {
        var silent = till;
        till = Connect();
        Send("0602 00");
        Assert.Equal(0x8000, Receive().Command);
        Assert.Equal(0, silent.Receive(new byte[1]));
        silent.Dispose();
    }

    [Fact]
    public void In_the_middle_of_an_order_nobody_makes_way()
    {
        Send("0601 07 04000000001234");
        Accepted();
        using var second = Connect();
        second.Send(Hex.Bytes("0602 00"));
        Settle();
        Pass(120);

        ecr.Approve(proof, new(Sale, new Outcome.Approved("1"), Moment.Never));
        Assert.Equal(Command.StatusInformation, Receive().Command);
        Send("8000 00");
        Assert.Equal(new DeskInput.Answered(Sale.Id, EcrAnswer.Acknowledged), Take(desk));
    }

    /// <summary>Four wait; who says nothing goes first, so that there is always room for a till that speaks.</summary>
    [Fact]
    public void However_many_silent_ones_knock_there_is_room_for_a_till()
    {
        Send("0602 00");
        Assert.Equal(0x8000, Receive().Command);
        List<Socket> silent = [.. Enumerable.Range(0, 20).Select(_ => Connect())];
        Assert.Contains("others wait", Take(turnedAway));
        var first = till;
        till = Connect();
        Send("0602 00");
        Settle();
        Pass(2);

        Assert.Equal(0x8000, Receive().Command);
        silent.ForEach(s => s.Dispose());
        first.Dispose();
    }

    [Fact]
    public async Task Listening_on_every_address_means_those_of_IPv4_too()
    {
        using var dual = new TcpPort(new(IPAddress.IPv6Any, 0), turnedAway.Add)
        {
            Door = new([IPNetwork.Parse("127.0.0.0/8")], time),
        };
        var ready = new TaskCompletionSource();
        dual.Ready = () => ready.TrySetResult();
        Assert.Null(dual.Open().Line);
        using var client = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        client.Connect(IPAddress.Loopback, ((IPEndPoint)dual.Listening!).Port);

        await ready.Task.WaitAsync(TimeSpan.FromMinutes(1));
        using var line = dual.Open().Line!;
        client.Send([1]);
        Assert.Equal(1, line.Read(new byte[1]));
    }

    [Fact]
    public void Who_guesses_a_password_is_hung_up_on_and_waits_longer_each_time()
    {
        var door = new TcpDoor([], time);
        var (guesser, till) = (IPAddress.Parse("10.0.0.7"), IPAddress.Parse("10.0.0.8"));
        var guesses = 0;
        for (var second = 0; second < 3600; second++)
        {
            if (door.WhyNot(guesser) is null)
            {
                guesses++;
                door.Lock(guesser);
            }
            Assert.Null(door.WhyNot(till));
            time.Advance(TimeSpan.FromSeconds(1));
        }
        Assert.InRange(guesses, 10, 14);
        Assert.Equal("wrong passwords", door.WhyNot(guesser));
    }
}
