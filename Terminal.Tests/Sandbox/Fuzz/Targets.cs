namespace Sandbox.Fuzz;

/// <summary>Everything that reads what others sent.</summary>
static class Targets
{
    public static readonly IReadOnlyList<Func<FuzzTarget>> All =
    [
        () => new FrameTarget(),
        () => new TcpTarget(),
        () => new FieldTarget(),
        () => new CommandTarget(),
        () => new SessionTarget("session-serial", SessionTarget.Serial),
        () => new SessionTarget("session-tcp", SessionTarget.Tcp),
        () => new TraceTarget(),
        () => new SettingsTarget(),
        () => new AmsTarget(),
        () => new AckTarget(),
        () => new ScanTarget(isKeyboard: false),
        () => new ScanTarget(isKeyboard: true),
        () => new FactTarget(),
        () => new SalvageTarget(),
        () => new ControlTarget(),
    ];
}
