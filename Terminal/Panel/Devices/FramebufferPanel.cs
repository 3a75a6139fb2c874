using Serilog;
using Terminal.Device;
using Terminal.Panel.Cues;
using Terminal.Panel.Screens;
using Terminal.Panel.Words;

namespace Terminal.Panel.Devices;

/// <summary>A Linux framebuffer such as /dev/fb0, 16 or 32 bits per pixel, scaled up by a whole number.</summary>
/// <param name="path">The device.</param>
/// <param name="language">The language of the texts.</param>
sealed class FramebufferPanel(string path, Language language, ILogger log, TimeProvider time)
    : PanelDevice(path, log, time)
{
    const uint GetVariable = 0x4600;
    const uint GetFixed = 0x4602;
    const uint Blank = 0x4611;
    const int Unblank = 0;

    DeviceNode? node;
    FramebufferFormat format;
    ScreenPainter? screens;

    /// <summary>Asks the device for its format; replaced where a plain file stands in for a framebuffer.</summary>
    internal Func<DeviceNode, FramebufferFormat?> Probe { get; init; } = Ask;

    protected override void Present(Cue cue, TimeSpan since)
    {
        if (node is null)
        {
            node = new(Name);
            format = Probe(node) ?? throw new IOException($"neither 16 nor 32 bits per pixel, or too small");
            screens = new(format.Width / format.Scale, format.Height / format.Scale, language);
        }
        var canvas = screens!.Draw(cue);
        for (var y = 0; y < format.Height;)
        {
            var row = format.Row(canvas, y);
            for (var end = Math.Min(format.Height, y + format.Scale); y < end; y++)
            {
                node.WriteAt((long)y * format.Stride, row);
            }
        }
    }

    protected override void Release(bool keep)
    {
        node?.Dispose();
        node = null;
    }

    static FramebufferFormat? Ask(DeviceNode node)
    {
        var variable = new byte[FramebufferFormat.VariableSize];
        var constant = new byte[FramebufferFormat.FixedSize];
        node.Control(GetVariable, variable);
        node.Control(GetFixed, constant);
        node.Control(Blank, Unblank);
        return FramebufferFormat.Parse(variable, constant);
    }
}
