using System.Net.Sockets;
using System.Runtime.InteropServices;
using Terminal.Panel;

namespace Terminal.Tests.Panel;

/// <summary>A pair of sockets keeps writes apart, as i2c-dev does.</summary>
public sealed partial class I2cDevSsd1306Tests : Ssd1306Contract
{
    const int Unix = 1;
    const int SeqPacket = 5;

    readonly Socket bus;
    readonly DeviceNode node;

    public I2cDevSsd1306Tests()
    {
        var pair = new int[2];
        Assert.Equal(0, SocketPair(Unix, SeqPacket, 0, pair));
        bus = new(new SafeSocketHandle(pair[0], ownsHandle: true));
        node = new("display", pair[1]);
    }

    public override void Dispose()
    {
        bus.Dispose();
        base.Dispose();
    }

    protected override ISsd1306 Open() => new I2cDevSsd1306(node);

    protected override List<byte[]> Sent()
    {
        var sent = new List<byte[]>();
        var buffer = new byte[256];
        while (bus.Poll(0, SelectMode.SelectRead) && bus.Receive(buffer) is > 0 and var count)
        {
            sent.Add(buffer[..count]);
        }
        return sent;
    }

    [LibraryImport("libc", EntryPoint = "socketpair")]
    private static partial int SocketPair(int family, int type, int protocol, [Out] int[] pair);
}
