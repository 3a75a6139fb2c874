using System.Net.Sockets;
using System.Text;

namespace Terminal.Device;

/// <summary>
/// The service's local control line: a Unix socket, one request line in, one text out, then closed. Only the service's
/// own user (and root) can open it. It outlives every client, whatever that sends or does not send.
/// </summary>
/// <param name="path">File name of the socket; replaced if an earlier process left it.</param>
/// <param name="answer">Answers the words of a request; an unknown one is answered too.</param>
sealed class ControlSocket(string path, Func<string[], string> answer) : IDisposable
{
    /// <summary>Of a name that a Unix socket can have, in bytes (unix(7)).</summary>
    public const int LongestPath = 107;

    const int LongestRequest = 1024;

    /// <summary>At once; more wait until one of them is done, which takes <see cref="Patience"/> at most.</summary>
    const int MostClients = 16;

    static readonly TimeSpan ClientPatience = TimeSpan.FromSeconds(5);

    static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);

    readonly Socket socket = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
    readonly CancellationTokenSource end = new();
    readonly SemaphoreSlim places = new(MostClients);

    /// <summary>A client that has not asked by then, or not taken its answer, is hung up on.</summary>
    public TimeSpan Patience { get; init; } = ClientPatience;

    /// <exception cref="IOException">There cannot be a socket of that name.</exception>
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
    /// <exception cref="UnauthorizedAccessException">Another user's.</exception>
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
            // The next start replaces it.
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
                // That client is gone again, there are no more files to be had, or this is the end.
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
            // The client's problem, or the end.
        }
        finally
        {
            client.Dispose();
            places.Release();
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
