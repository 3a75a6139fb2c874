using Terminal.Device;

namespace Terminal.Scanner;

/// <summary>The code reader: where it is and how it ends a code.</summary>
/// <param name="IsKeyboard">Linux sees the reader as a keyboard (evdev) instead of a serial port.</param>
/// <param name="IdleGap">For a reader that sends no suffix; null for all others.</param>
sealed record ScannerSettings(string Device, bool IsKeyboard, int Baud, TimeSpan? IdleGap)
{
    public static ScannerSettings Read(SettingsSection section)
    {
        if (section.Has("codes"))
        {
            throw new SettingsException(
                "scanner.codes", "where it has no effect on codes from the till", "the same object as \"wallets\"");
        }
        var gap = section.Number("idleGapMs", 0, 0, 1000);
        var settings = new ScannerSettings(
            section.Text("device", longest: 4096),
            section.Choice("kind", "serial", "serial", "keyboard") == "keyboard",
            section.Number("baud", 9600, 300, 4_000_000),
            gap == 0 ? null : TimeSpan.FromMilliseconds(gap));
        section.End();
        return settings;
    }
}
