using System.Net.Sockets;
using System.Text;

namespace Terminal.Device;

/// <summary>
/// The service's local control line: a Unix socket, one request line in, one text out, then closed. Only the service's
/// own user (and root) can open it. It outlives every client, whatever that sends.
/// </summary>
/// <param name="path">File name of the socket; replaced if an earlier process left it.</param>
/// <param name="answer">Answers the words of a request; an unknown one is answered too.</param>
public sealed class ControlSocket(string path, Func<string[], string> answer) : IDisposable
{
    const int LongestRequest = 1024;
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    readonly Socket socket = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
    readonly CancellationTokenSource end = new();

    public void Start()
    {
        File.Delete(path);
        socket.Bind(new UnixDomainSocketEndPoint(path));
        File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        socket.Listen(4);
        _ = ServeAsync();
    }

    /// <summary>Asks a running service.</summary>
    /// <returns>Its answer; null when no service listens at <paramref name="path"/>.</returns>
    /// <exception cref="UnauthorizedAccessException">Another user's.</exception>
    public static string? Ask(string path, params string[] words)
    {
        try
        {
            using var client = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
            client.ReceiveTimeout = (int)Patience.TotalMilliseconds;
            client.Connect(new UnixDomainSocketEndPoint(path));
            client.Send(Encoding.UTF8.GetBytes(string.Join('\t', words) + "\n"));
            using var reader = new StreamReader(new NetworkStream(client), Encoding.UTF8);
            return reader.ReadToEnd();
        }
        catch (SocketException e) when (e.SocketErrorCode == SocketError.AccessDenied)
        {
            throw FolderOwner.Refusal(Path.GetDirectoryName(path)!);
        }
        catch (Exception e) when (e is SocketException or IOException)
        {
            return null;
        }
    }

    public void Dispose()
    {
        end.Cancel();
        socket.Dispose();
        end.Dispose();
        File.Delete(path);
    }

    /// <summary>One client at a time: a technician, not a load.</summary>
    async Task ServeAsync()
    {
        while (!end.IsCancellationRequested)
        {
            try
            {
                using var client = await socket.AcceptAsync(end.Token);
                using var patience = CancellationTokenSource.CreateLinkedTokenSource(end.Token);
                patience.CancelAfter(Patience);
                var request = await ReadLineAsync(client, patience.Token);
                await client.SendAsync(Encoding.UTF8.GetBytes(Answer(request)), patience.Token);
            }
            catch (Exception e) when (e is SocketException or IOException or OperationCanceledException)
            {
                // The client's problem, or the end.
            }
        }
    }

    /// <summary>A bug in an answer costs that answer, not the control line.</summary>
    string Answer(string request)
    {
        try
        {
            return answer(request.Split('\t'));
        }
        catch (Exception e)
        {
            return $"error: {e.GetType().Name}: {e.Message}\n";
        }
    }

    static async Task<string> ReadLineAsync(Socket client, CancellationToken stop)
    {
        var buffer = new byte[LongestRequest];
        var length = 0;
        while (length < buffer.Length)
        {
            var count = await client.ReceiveAsync(buffer.AsMemory(length), stop);
            length += count;
            if (count == 0 || buffer.AsSpan(0, length).Contains((byte)'\n'))
            {
                break;
            }
        }
        return Encoding.UTF8.GetString(buffer, 0, length).TrimEnd('\n');
    }
}
