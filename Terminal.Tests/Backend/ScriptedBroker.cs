using System.Buffers.Binary;
using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace Terminal.Tests.Backend;

/// <summary>
/// A broker for one connection at a time that withholds what a test wants withheld. It knows as much of MQTT 5 as that
/// takes: CONNECT, SUBSCRIBE, PUBLISH at QoS 1, PINGREQ.
/// </summary>
sealed class ScriptedBroker : IDisposable
{
    public const byte Connect = 0x10, Publish = 0x30, Subscribe = 0x80, Ping = 0xC0;

    static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    readonly TcpListener listener = new(IPAddress.Loopback, 0);
    readonly BlockingCollection<(byte Kind, byte[] Body)> heard = [];
    readonly ConcurrentQueue<byte[]> unanswered = [];
    NetworkStream? line;

    /// <param name="limits">The properties of the CONNACK.</param>
    public ScriptedBroker(params byte[] limits)
    {
        Limits = limits;
        listener.Start();
        _ = ServeAsync();
    }

    public int Port => ((IPEndPoint)listener.LocalEndpoint).Port;

    byte[] Limits { get; }

    public bool AnswersMessages { get; init; } = true;

    public bool AnswersPings { get; init; } = true;

    /// <summary>The next packet of the client but its CONNECT and SUBSCRIBE.</summary>
    public byte Next()
    {
        Assert.True(heard.TryTake(out var packet, Limit), "the client says nothing");
        return packet.Kind;
    }

    /// <summary>Answers the oldest message that was not answered yet.</summary>
    public void Answer()
    {
        Assert.True(unanswered.TryDequeue(out var id), "every message is answered");
        line!.Write([0x40, 2, .. id]);
    }

    public void Dispose()
    {
        listener.Dispose();
        line?.Dispose();
    }

    async Task ServeAsync()
    {
        try
        {
            while (true)
            {
                line = new(await listener.AcceptSocketAsync(), ownsSocket: true);
                while (await PacketAsync(line) is var (kind, body))
                {
                    Take(kind, body);
                }
            }
        }
        catch (Exception e) when (e is IOException or SocketException or ObjectDisposedException)
        {
            // The test is over, or the client has gone for good.
        }
    }

    void Take(byte kind, byte[] body)
    {
        switch (kind)
        {
            case Connect:
                line!.Write([0x20, (byte)(3 + Limits.Length), 0, 0, (byte)Limits.Length, .. Limits]);
                return;
            case Subscribe:
                line!.Write([0x90, 4, .. body[..2], 0, 1]);
                return;
            case Publish:
                unanswered.Enqueue(Identifier(body));
                break;
        }
        heard.Add((kind, body));
        if (kind == Publish && AnswersMessages)
        {
            Answer();
        }
        else if (kind == Ping && AnswersPings)
        {
            line!.Write([0xD0, 0]);
        }
    }

    /// <summary>Of a message: behind its topic.</summary>
    static byte[] Identifier(byte[] body)
    {
        var topic = BinaryPrimitives.ReadUInt16BigEndian(body);
        return body[(2 + topic)..(4 + topic)];
    }

    /// <summary>Kind without its flags, and what follows the length; null at the end of the line.</summary>
    static async Task<(byte Kind, byte[] Body)?> PacketAsync(NetworkStream from)
    {
        var one = new byte[1];
        if (await from.ReadAsync(one) == 0)
        {
            return null;
        }
        var (kind, length, shift) = ((byte)(one[0] & 0xF0), 0, 0);
        do
        {
            await from.ReadExactlyAsync(one);
            length |= (one[0] & 0x7F) << shift;
            shift += 7;
        }
        while ((one[0] & 0x80) != 0);
        var body = new byte[length];
        await from.ReadExactlyAsync(body);
        return (kind, body);
    }
}
