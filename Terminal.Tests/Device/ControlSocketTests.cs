using System.Net.Sockets;
using Terminal.Device;

namespace Terminal.Tests.Device;

public sealed class ControlSocketTests : IDisposable
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
}
