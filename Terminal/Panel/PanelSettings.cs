using Terminal.Device;
using Terminal.Panel.Devices;
using Terminal.Panel.Words;

namespace Terminal.Panel;

/// <summary>Which devices show the cues.</summary>
sealed record PanelSettings
{
    public DisplayKind Display { get; init; }

    /// <summary>The device of the framebuffer or the I²C bus.</summary>
    public string Device { get; init; } = "";

    public Language Language { get; init; }

    /// <summary>LEDs and a simple buzzer on GPIO lines; null: none.</summary>
    public GpioWiring? Lights { get; init; }

    public static PanelSettings Read(SettingsSection section)
    {
        var display = Enum.Parse<DisplayKind>(
            section.Choice("display", "none", "none", "window", "framebuffer", "ssd1306"), ignoreCase: true);
        var lights = section.Section("lights");
        var settings = new PanelSettings
        {
            Display = display,
            Device = section.Text("device", display == DisplayKind.Ssd1306 ? "/dev/i2c-1" : "/dev/fb0", 4096),
            Language = section.Choice("language", "en", "en", "de") == "de" ? Language.German : Language.English,
            Lights = section.Has("lights") ? ReadLights(lights) : null,
        };
        lights.End();
        section.End();
        return settings;
    }

    static GpioWiring ReadLights(SettingsSection lights) =>
        new(lights.Text("chip"), lights.Text("green"), lights.Text("yellow"), lights.Text("red"),
            lights.Optional("buzzer"), lights.Flag("activeLow", false));
}

/// <summary>The display that is built in.</summary>
enum DisplayKind
{
    None,
    /// <summary>Drawn in the terminal window in which the service was started.</summary>
    Window,
    Framebuffer,
    Ssd1306,
}
