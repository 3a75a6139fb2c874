using System.Net.Sockets;
using System.Runtime.InteropServices;
using Terminal.Device;

namespace Terminal.Tests.Device;

public sealed partial class ControlSocketTests : IDisposable
{
    readonly string path = Path.Combine(Path.GetTempPath(), $"control-{Guid.NewGuid():N}");
    readonly ControlSocket socket;

    public ControlSocketTests()
    {
        socket = new(path, words => string.Join('+', words));
        socket.Start();
    }

    public void Dispose() => socket.Dispose();

    [Fact]
    public void A_question_is_answered() => Assert.Equal("payments+list", ControlSocket.Ask(path, "payments", "list"));

    [Fact]
    public void Nobody_else_may_ask() =>
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(path));

    [Fact]
    public void A_client_that_hangs_up_does_not_end_the_service()
    {
        using (var client = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified))
        {
            client.Connect(new UnixDomainSocketEndPoint(path));
        }
        Assert.Equal("still here", ControlSocket.Ask(path, "still here"));
    }

    [Fact]
    public void A_request_that_is_too_long_does_not_end_the_service()
    {
        ControlSocket.Ask(path, new string('x', 5000));

        Assert.Equal("still here", ControlSocket.Ask(path, "still here"));
    }

    [Fact]
    public void Silent_clients_hold_up_nobody()
    {
        var silent = Enumerable.Range(0, 8).Select(_ => Connect(path)).ToList();

        Assert.Equal("status", ControlSocket.Ask(path, "status"));

        silent.ForEach(client => client.Dispose());
    }

    [Fact]
    public void Silent_clients_are_hung_up_on_so_that_however_many_there_are_others_get_their_turn()
    {
        using var hasty = new ControlSocket(path + "-hasty", string.Concat) { Patience = TimeSpan.Zero };
        hasty.Start();
        var silent = Enumerable.Range(0, 40).Select(_ => Connect(path + "-hasty")).ToList();

        Assert.All(silent, client => Assert.Equal(0, client.Receive(new byte[1])));

        silent.ForEach(client => client.Dispose());
    }

    [Fact]
    public void A_name_that_cannot_be_removed_throws_at_the_start_and_never_at_the_end()
    {
        var folder = Directory.CreateDirectory(path + "-folder").FullName;
        using var blocked = new ControlSocket(folder, string.Concat);
        Assert.Throws<IOException>(blocked.Start);

        File.Delete(path);
        Directory.CreateDirectory(path);
        socket.Dispose();

        Assert.True(Directory.Exists(path));
        Directory.Delete(path);
        Directory.Delete(folder);
    }

    static Socket Connect(string path)
    {
        var client = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        client.Connect(new UnixDomainSocketEndPoint(path));
        return client;
    }

    [Fact]
    public void Without_a_service_there_is_no_answer() => Assert.Null(ControlSocket.Ask(path + "-none", "status"));

    [Fact]
    public void Whoever_may_not_ask_is_not_told_that_no_service_runs()
    {
        File.SetUnixFileMode(path, UnixFileMode.None);
        // Root may do everything; it looks at files as somebody else for a moment, on this thread alone.
        var self = ActOnFilesAs(Nobody);
        try
        {
            var e = Assert.Throws<UnauthorizedAccessException>(() => ControlSocket.Ask(path, "status"));
            Assert.Contains("next step: ", e.Message);
        }
        finally
        {
            _ = ActOnFilesAs(self);
        }
    }

    const int Nobody = 65534;

    [LibraryImport("libc", EntryPoint = "setfsuid")]
    private static partial int ActOnFilesAs(int user);
}
