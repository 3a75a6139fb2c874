using Sandbox.Ecr;
using Terminal.Ecr;

namespace Terminal.Tests.Ecr;

public sealed class TermiosLineTests
{
    [Fact]
    public void A_port_that_is_not_there_has_a_reason()
    {
        var (line, problem) = TermiosLine.Open(new EcrSettings { Device = "/dev/no-such-port" });
        Assert.Null(line);
        Assert.StartsWith("/dev/no-such-port: No such file", problem, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_that_is_no_port_has_a_reason() =>
        Assert.StartsWith("/dev/null: ", TermiosLine.Open(new EcrSettings { Device = "/dev/null" }).Problem);

    [Fact]
    public async Task Disposing_ends_a_blocked_read()
    {
        using var cable = new Pty();
        var line = TermiosLine.Open(new EcrSettings { Device = cable.DevicePath }).Line!;
        var reading = Task.Run(() => line.Read(new byte[1]));
        line.Dispose();
        Assert.Equal(0, await reading);
        Assert.Equal(0, line.Read(new byte[1]));
        Assert.False(line.Write([1]));
    }

    [Fact]
    public void What_the_port_cannot_do_is_said_when_it_is_opened()
    {
        using var cable = new Pty();
        var (line, problem) = TermiosLine.Open(new EcrSettings { Device = cable.DevicePath, Parity = Parity.Even });
        Assert.Null(line);
        Assert.Contains("cannot do 9600 baud, 8 bits, parity Even", problem, StringComparison.Ordinal);
    }
}
