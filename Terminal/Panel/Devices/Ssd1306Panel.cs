using Serilog;
using Terminal.Panel.Cues;
using Terminal.Panel.Screens;
using Terminal.Panel.Words;

namespace Terminal.Panel.Devices;

/// <summary>
/// An OLED display with SSD1306, 128×64, on an I²C bus. It is dimmed after a quiet minute, because OLEDs wear out.
/// </summary>
sealed class Ssd1306Panel(I2cAddress device, Language language, ILogger log, TimeProvider time)
    : PanelDevice(device.ToString(), log, time)
{
    const byte Bright = 0x8F;
    const byte Dim = 0x10;
    static readonly TimeSpan DimAfter = TimeSpan.FromMinutes(1);

    readonly ScreenPainter screens = new(Ssd1306.Width, Ssd1306.Height, language);
    readonly byte[]?[] sent = new byte[Ssd1306.Pages][];
    Ssd1306? display;
    byte contrast;

    /// <summary>Opens the display. May throw like <see cref="Present"/>.</summary>
    public Func<I2cAddress, Ssd1306> Open { get; init; } = Ssd1306.Open;

    protected override void Present(Cue cue, TimeSpan since)
    {
        if (display is null)
        {
            display = Open(device);
            display.Start();
            contrast = Bright;
            Array.Clear(sent);
        }
        var canvas = screens.Draw(cue);
        for (var page = 0; page < Ssd1306.Pages; page++)
        {
            var columns = Ssd1306.Page(canvas, page);
            if (sent[page] is null || !columns.AsSpan().SequenceEqual(sent[page]))
            {
                display.Draw(page, columns);
                sent[page] = columns;
            }
        }
        var wanted = cue is Cue.Ready && since >= DimAfter ? Dim : Bright;
        if (contrast != wanted)
        {
            display.SetContrast(wanted);
            contrast = wanted;
        }
    }

    protected override TimeSpan? NextChange(Cue cue, TimeSpan since) =>
        cue is Cue.Ready && since < DimAfter ? DimAfter : null;

    protected override void Release(bool keep)
    {
        try
        {
            if (!keep)
            {
                display?.Stop();
            }
        }
        finally
        {
            display?.Dispose();
            display = null;
        }
    }
}
