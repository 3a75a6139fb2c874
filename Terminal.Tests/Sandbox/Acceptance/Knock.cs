using System.Net;
using System.Net.Sockets;
using Sandbox.Ecr;

namespace Sandbox.Acceptance;

/// <summary>Somebody who connects beside the till, from an address of his own on this machine.</summary>
sealed class Knock : IDisposable
{
    /// <summary>What <see cref="Hear"/> says of a connection that was closed.</summary>
    public const string Closed = "closed";

    readonly Socket socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);

    public Knock(IPEndPoint port, string from)
    {
        socket.Bind(new IPEndPoint(IPAddress.Parse(from), 0));
        socket.Connect(port);
    }

    /// <param name="apdu">Hex, with spaces anywhere.</param>
    public void Send(string apdu)
    {
        try
        {
            socket.Send(Octets.Parse(apdu));
        }
        catch (SocketException)
        {
            // Closed already: that is heard.
        }
    }

    /// <returns>The next APDU in hex; <see cref="Closed"/>; empty: nothing came for so long.</returns>
    public string Hear(double seconds = 30)
    {
        try
        {
            if (!socket.Poll(TimeSpan.FromSeconds(seconds), SelectMode.SelectRead))
            {
                return "";
            }
            var head = Take(3);
            return head.Length < 3 ? Closed : Convert.ToHexString([.. head, .. Take(head[2])]);
        }
        catch (SocketException)
        {
            return Closed;
        }
    }

    public void Dispose() => socket.Dispose();

    byte[] Take(int count)
    {
        var bytes = new byte[count];
        var taken = 0;
        for (int next; taken < count && (next = socket.Receive(bytes.AsSpan(taken))) > 0; taken += next)
        {
        }
        return bytes[..taken];
    }
}
