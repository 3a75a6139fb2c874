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
