using Serilog;

namespace Terminal.Panel;

/// <summary>
/// An OLED display with SSD1306, 128×64, on an I²C bus. Dimmed after a quiet minute: OLEDs wear out.
/// </summary>
public sealed class Ssd1306Panel(I2cAddress device, Language language, ILogger log, TimeProvider time)
    : PanelDevice(device.ToString(), log, time)
{
    const uint SetAddress = 0x703;
    const byte Bright = 0x8F;
    const byte Dim = 0x10;
    static readonly TimeSpan DimAfter = TimeSpan.FromMinutes(1);

    readonly Screens screens = new(Ssd1306.Width, Ssd1306.Height, language);
    readonly byte[]?[] sent = new byte[Ssd1306.Pages][];
    DeviceNode? node;
    byte contrast;

    protected override void Present(Cue cue, TimeSpan since)
    {
        if (node is null)
        {
            node = new(device.Bus);
            node.Control(SetAddress, device.Address);
            node.Write(Ssd1306.Start);
            contrast = Bright;
            Array.Clear(sent);
        }
        var canvas = screens.Draw(cue);
        for (var page = 0; page < Ssd1306.Pages; page++)
        {
            var bytes = Ssd1306.Page(canvas, page);
            if (sent[page] is null || !bytes.AsSpan().SequenceEqual(sent[page]))
            {
                node.Write(Ssd1306.Address(page));
                node.Write(bytes);
                sent[page] = bytes;
            }
        }
        var wanted = cue is Cue.Ready && since >= DimAfter ? Dim : Bright;
        if (contrast != wanted)
        {
            node.Write(Ssd1306.Contrast(wanted));
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
                node?.Write(Ssd1306.Stop);
            }
        }
        finally
        {
            node?.Dispose();
            node = null;
        }
    }
}
