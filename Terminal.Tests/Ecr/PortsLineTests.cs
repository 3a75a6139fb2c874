using Terminal.Ecr;

namespace Terminal.Tests.Ecr;

public sealed class PortsLineTests : SerialLineContract
{
    protected override Opened Open(EcrSettings settings) => PortsLine.Open(settings);
}
