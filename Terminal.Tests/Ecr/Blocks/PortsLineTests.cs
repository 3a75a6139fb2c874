using Sandbox.Ecr;
using Terminal.Device;
using Terminal.Ecr;
using Terminal.Ecr.Blocks;

namespace Terminal.Tests.Ecr.Blocks;

/// <summary>A serial port, on a real pseudo terminal.</summary>
public sealed class PortsLineTests : IDisposable
{
    readonly Pty cable = new();
    ISerialLine? line;

    public void Dispose()
    {
        line?.Dispose();
        cable.Dispose();
    }

    [Fact]
    public void A_port_that_is_not_there_has_a_reason()
    {
        var (none, problem) = PortsLine.Open(new EcrSettings { Device = "/dev/no-such-port" });

        Assert.Null(none);
        Assert.StartsWith("/dev/no-such-port: ", problem, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_that_is_no_port_has_a_reason() =>
        Assert.StartsWith("/dev/null: ", PortsLine.Open(new EcrSettings { Device = "/dev/null" }).Problem);

    [Fact]
    public void Every_byte_goes_both_ways_unchanged()
    {
        Connect();
        var all = Enumerable.Range(0, 256).Select(b => (byte)b).ToArray();

        Assert.True(line!.Write(all));
        Assert.Equal(all, Receive(cable.Master, all.Length));
        Assert.True(cable.Master.Write(all));
        Assert.Equal(all, Receive(line, all.Length));
    }

    [Fact]
    public async Task Bytes_are_read_while_others_wait_to_be_written()
    {
        Connect();
        var reading = Task.Run(() => Receive(line!, 1));

        Assert.True(line!.Write([1, 2]));
        Assert.Equal([1, 2], Receive(cable.Master, 2));
        cable.Master.Write([3]);

        Assert.Equal([3], await reading);
    }

    [Fact]
    public void A_device_that_is_unplugged_is_an_end_of_the_line()
    {
        Connect();

        cable.Dispose();

        Assert.Equal(0, line!.Read(new byte[1]));
        Assert.False(line.Write([1]));
    }

    [Fact]
    public async Task A_device_that_is_unplugged_ends_a_blocked_read()
    {
        Connect();
        var reading = Task.Run(() => line!.Read(new byte[1]));

        cable.Dispose();

        Assert.Equal(0, await reading);
    }

    [Fact]
    public async Task Disposing_ends_a_blocked_read()
    {
        Connect();
        var reading = Task.Run(() => line!.Read(new byte[1]));

        line!.Dispose();

        Assert.Equal(0, await reading);
        Assert.Equal(0, line.Read(new byte[1]));
        Assert.False(line.Write([1]));
    }

    [Fact]
    public void A_port_can_be_opened_again_after_it_was_let_go()
    {
        Connect();
        line!.Dispose();

        Connect();

        Assert.True(line!.Write([7]));
        Assert.Equal([7], Receive(cable.Master, 1));
    }

    [Fact]
    public void What_the_port_cannot_do_is_said_when_it_is_opened()
    {
        var (none, problem) = PortsLine.Open(new EcrSettings { Device = cable.DevicePath, Parity = Parity.Even });

        Assert.Null(none);
        Assert.Contains("cannot do 9600 baud, 8 bits, parity Even", problem, StringComparison.Ordinal);
    }

    /// <summary>A pseudo terminal holds 4096 bytes for its reader.</summary>
    [Fact]
    [Trait("kind", "instrument")]
    public async Task No_byte_of_10000_frames_each_way_is_lost_or_changed()
    {
        Connect();
        var random = new Random(1);
        for (var round = 0; round < 100; round++)
        {
            var (there, back) = (new byte[100 * 30], new byte[100 * 30]);
            random.NextBytes(there);
            random.NextBytes(back);

            var sending = Task.Run(() => there.Chunk(30).All(frame => line!.Write(frame)));
            var answering = Task.Run(() => back.Chunk(30).All(frame => cable.Master.Write(frame)));

            Assert.Equal(there, Receive(cable.Master, there.Length));
            Assert.Equal(back, Receive(line!, back.Length));
            Assert.True(await sending && await answering);
        }
    }

    [Fact]
    public void A_device_that_comes_back_is_a_new_line()
    {
        Connect();
        cable.Dispose();
        Assert.Equal(0, line!.Read(new byte[1]));
        line.Dispose();

        using var again = new Pty();
        using var next = PortsLine.Open(new EcrSettings { Device = again.DevicePath }).Line;

        Assert.True(again.Master.Write([5]));
        Assert.Equal([5], Receive(next!, 1));
    }

    void Connect()
    {
        var (opened, problem) = PortsLine.Open(new EcrSettings { Device = cable.DevicePath });
        Assert.True(opened is not null, problem);
        line = opened;
    }

    static byte[] Receive(ISerialLine from, int count)
    {
        var bytes = new byte[count];
        for (var done = 0; done < count;)
        {
            var read = from.Read(bytes.AsSpan(done));
            Assert.NotEqual(0, read);
            done += read;
        }
        return bytes;
    }
}
