using System.Net.Sockets;
using System.Text;

namespace Terminal.Device;

/// <summary>
/// The service's local control line, a Unix socket. A client sends one line and gets one text, then the connection is
/// closed. Only the service's own user and root can open it. No client can block or end it, whatever it sends or fails
/// to send.
/// </summary>
/// <param name="path">File name of the socket; a leftover of an earlier process is replaced.</param>
/// <param name="answer">Answers the words of a request, also of an unknown one.</param>
sealed class ControlSocket(string path, Func<string[], string> answer) : IDisposable
{
    /// <summary>Longest name of a Unix socket, in bytes (unix(7)).</summary>
    public const int LongestPath = 107;

    const int LongestRequest = 1024;

    /// <summary>
    /// Clients served at once. Others wait until one of them is done, which takes at most <see cref="Patience"/>.
    /// </summary>
    const int MostClients = 16;

    static readonly TimeSpan ClientPatience = TimeSpan.FromSeconds(5);

    static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);

    readonly Socket socket = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
    readonly CancellationTokenSource end = new();
    readonly SemaphoreSlim places = new(MostClients);

    /// <summary>How long a client may take to ask, or to take its answer, before the connection is closed.</summary>
    public TimeSpan Patience { get; init; } = ClientPatience;

    /// <exception cref="IOException">There cannot be a socket with this name.</exception>
    public void Start()
    {
        try
        {
            File.Delete(path);
            socket.Bind(new UnixDomainSocketEndPoint(path));
        }
        catch (Exception e) when (e is SocketException or UnauthorizedAccessException)
        {
            throw new IOException($"{path}: {e.Message}", e);
        }
        File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        socket.Listen(MostClients);
        _ = ServeAsync();
    }

    /// <summary>Asks a running service.</summary>
    /// <returns>Its answer; null when no service listens at <paramref name="path"/>.</returns>
    /// <exception cref="UnauthorizedAccessException">The service runs as another user.</exception>
    public static string? Ask(string path, params string[] words)
    {
        try
        {
            using var client = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
            client.ReceiveTimeout = (int)ClientPatience.TotalMilliseconds;
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
        try
        {
            File.Delete(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // The next start replaces the file.
        }
    }

    async Task ServeAsync()
    {
        while (!end.IsCancellationRequested)
        {
            try
            {
                await places.WaitAsync(end.Token);
                _ = ServeAsync(await socket.AcceptAsync(end.Token));
            }
            catch (Exception e) when (e is SocketException or OperationCanceledException or ObjectDisposedException)
            {
                // That client has gone, no more files can be opened, or the service ends.
                places.Release();
                await Task.Delay(Pause, end.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    async Task ServeAsync(Socket client)
    {
        try
        {
            using var patience = CancellationTokenSource.CreateLinkedTokenSource(end.Token);
            patience.CancelAfter(Patience);
            var request = await ReadLineAsync(client, patience.Token);
            await client.SendAsync(Encoding.UTF8.GetBytes(Answer(request)), patience.Token);
        }
        catch (Exception e) when (e is SocketException or OperationCanceledException or ObjectDisposedException)
        {
            // The client failed, or the service ends.
        }
        finally
        {
            client.Dispose();
            places.Release();
        }
    }

    /// <summary>A bug in an answer costs only that answer, not the control line.</summary>
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
