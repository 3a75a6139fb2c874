using Sandbox.Ecr;
using Terminal.Ecr;

namespace Terminal.Tests.Ecr;

public sealed class TermiosLineTests : SerialLineContract
{
    protected override Opened Open(EcrSettings settings) => TermiosLine.Open(settings);

    [Fact]
    public void What_the_port_cannot_do_is_said_when_it_is_opened()
    {
        using var cable = new Pty();
        var (line, problem) = TermiosLine.Open(new EcrSettings { Device = cable.DevicePath, Parity = Parity.Even });
        Assert.Null(line);
        Assert.Contains("cannot do 9600 baud, 8 bits, parity Even", problem, StringComparison.Ordinal);
    }
}
