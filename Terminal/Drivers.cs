using Serilog;
using Terminal.Ecr;
using Terminal.Ecr.Blocks;
using Terminal.Panel;
using Terminal.Panel.Devices;
using Terminal.Panel.Screens;
using Terminal.Scanner;

namespace Terminal;

/// <summary>Makes the devices that the settings name.</summary>
static class Drivers
{
    const int DisplayAddress = 0x3C;

    /// <summary>Opens a serial line at a baud rate; called again after each loss of the line.</summary>
    public static Func<int, Opened> SerialLine(EcrSettings settings) =>
        baud => PortsLine.Open(settings with { Baud = baud });

    /// <summary>Null: the ECR is on a serial line.</summary>
    public static TcpPort? TcpPort(EcrSettings settings, Action<string> report) => settings.Tcp is not { } at
        ? null
        : new(at, report) { Door = new(settings.Allow, TimeProvider.System), Tls = settings.Tls?.Load() };

    /// <summary>Null: every code comes from the ECR.</summary>
    public static SerialScanner? Scanner(Settings all, CodeSeal seal, TimeProvider time)
    {
        if (all.Scanner is not { } settings)
        {
            return null;
        }
        var options = new ScanOptions(all.Ecr.Codes, seal, time, settings.IdleGap);
        // The setting is a name in that folder, or a full path: event numbers change with every start.
        var keyboard = Path.Combine("/dev/input/by-id", settings.Device);
        var line = new EcrSettings { Device = settings.Device, Baud = settings.Baud, StopBits = 1 };
        return new(settings.IsKeyboard ? () => EvdevLine.Open(keyboard) : () => PortsLine.Open(line).Line, options);
    }

    public static IPanel Panel(PanelSettings settings, ILogger log, TimeProvider time)
    {
        var panels = new List<IPanel>();
        switch (settings.Display)
        {
            case DisplayKind.Window:
                panels.Add(new TerminalPanel(Console.Out, new ScreenPainter(128, 64, settings.Language), log, time));
                break;
            case DisplayKind.Framebuffer:
                panels.Add(new FramebufferPanel(settings.Device, settings.Language, log, time));
                break;
            case DisplayKind.Ssd1306:
                panels.Add(new Ssd1306Panel(new(settings.Device, DisplayAddress), settings.Language, log, time));
                break;
        }
        if (settings.Lights is { } wiring)
        {
            panels.Add(new GpioLights(wiring, log, time));
        }
        return new PanelGroup([.. panels]);
    }
}
