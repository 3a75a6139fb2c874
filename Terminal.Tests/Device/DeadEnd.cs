using System.Net;
using System.Net.Sockets;

namespace Terminal.Tests.Device;

/// <summary>An address that leads nowhere: its listener takes no more connections and answers none.</summary>
sealed class DeadEnd : IDisposable
{
    readonly Socket listener = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
    readonly Socket filler = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);

    public DeadEnd(IPAddress address, int port)
    {
        listener.Bind(new IPEndPoint(address, port));
        listener.Listen(0);
        filler.Connect(listener.LocalEndPoint!); // The one that the queue has room for.
    }

    public void Dispose()
    {
        filler.Dispose();
        listener.Dispose();
    }
}
