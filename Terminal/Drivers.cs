using Serilog;
using Terminal.Backend;
using Terminal.Ecr;
using Terminal.Journal;
using Terminal.Panel;
using Terminal.Scanner;

namespace Terminal;

/// <summary>Which driver a setting means; the only file that names every driver.</summary>
static class Drivers
{
    const int DisplayAddress = 0x3C;

    /// <summary>Opens a serial line at a baud rate; called again after each loss of it.</summary>
    public static Func<int, Opened> SerialLine(EcrSettings settings) => settings.Driver switch
    {
        null or "system.io.ports" => baud => PortsLine.Open(settings with { Baud = baud }),
        _ => baud => TermiosLine.Open(settings with { Baud = baud }),
    };

    /// <summary>Null: the ECR is on a serial line.</summary>
    public static TcpPort? TcpPort(EcrSettings settings, ILogger log) => settings.Tcp is not { } at
        ? null
        : new(at, text => log.Warning("ecr: {Text:l}", text))
        {
            Allow = settings.Allow,
            Certificate = settings.Tls?.Load(),
        };

    public static Func<Action<BackendEvent>, IBackend> Mqtt(BackendSettings settings) => settings.Driver switch
    {
        null or "mqttnet" => tell => new MqttNetBackend(settings, tell),
        _ => tell => new MosquittoBackend(settings, tell),
    };

    /// <summary>Null: every code comes from the ECR.</summary>
    public static IScanner? Scanner(Settings all, CodeSeal seal, TimeProvider time)
    {
        if (all.Scanner is not { } settings)
        {
            return null;
        }
        var options = new ScanOptions(all.Ecr.Codes, seal, time, settings.IdleGap);
        var line = new EcrSettings { Device = settings.Device, Baud = settings.Baud, StopBits = 1 };
        var open = SerialLine(line);
        return settings.IsKeyboard
            ? new HidScanner(settings.Device, options)
            : new SerialScanner(() => open(line.Baud).Line, options);
    }

    public static IPanel Panel(PanelSettings settings, ILogger log, TimeProvider time)
    {
        var panels = new List<IPanel>();
        switch (settings.Display)
        {
            case DisplayKind.Window:
                panels.Add(new TerminalPanel(Console.Out, new Screens(128, 64, settings.Language), log, time));
                break;
            case DisplayKind.Framebuffer:
                panels.Add(new FramebufferPanel(settings.Device, settings.Language, log, time));
                break;
            case DisplayKind.Ssd1306:
                panels.Add(new Ssd1306Panel(new(settings.Device, DisplayAddress), settings.Language, log, time)
                {
                    Open = Display(settings.Driver),
                });
                break;
        }
        if (settings.Lights is { } wiring)
        {
            panels.Add(new GpioLights(wiring, log, time) { Open = Outputs(wiring.Driver) });
        }
        return new PanelGroup([.. panels]);
    }

    static Func<I2cAddress, ISsd1306> Display(string? driver) => driver switch
    {
        null or "iot.device.bindings" => BindingsSsd1306.Open,
        _ => I2cDevSsd1306.Open,
    };

    static Func<GpioWiring, IGpioOutputs> Outputs(string? driver) => driver switch
    {
        null or "system.device.gpio" => ControllerOutputs.Open,
        _ => ChardevOutputs.Open,
    };

    public static JournalPlace Journal(Settings settings) =>
        new(settings.StateFolder, (kind, path, create, origin) => kind switch
        {
            StoreKind.LiteDb => new LiteDbJournal(path, create, origin),
            _ => new SqliteJournal(path, create, origin),
        });
}
