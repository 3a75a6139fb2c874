using System.Net;
using System.Net.Sockets;
using Sandbox.Ecr;
using Terminal.Ecr.Blocks;

namespace Sandbox.Conform;

/// <summary>A till's connection to a terminal over TCP.</summary>
static class Connection
{
    public static Opened To(EndPoint place)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            socket.Connect(place);
            return new(new SocketLine(socket), "hung up");
        }
        catch (SocketException e)
        {
            socket.Dispose();
            return new(null, e.Message);
        }
    }

    /// <summary>Null unless it is HOST:PORT.</summary>
    public static EndPoint? Parse(string place) =>
        place.LastIndexOf(':') is > 0 and var colon && ushort.TryParse(place[(colon + 1)..], out var port)
            ? new DnsEndPoint(place[..colon], port)
            : null;
}
