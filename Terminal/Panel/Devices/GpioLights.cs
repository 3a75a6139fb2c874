using Serilog;
using Terminal.Panel.Cues;

namespace Terminal.Panel.Devices;

/// <summary>Three lamps and a buzzer on GPIO lines, switched together.</summary>
sealed class GpioLights(GpioWiring wiring, ILogger log, TimeProvider time)
    : PanelDevice($"lamps on {wiring.Chip}", log, time)
{
    const ulong BuzzerBit = 8;

    GpioOutputs? lines;

    /// <summary>Opens the lines. May throw like <see cref="Present"/>.</summary>
    public Func<GpioWiring, GpioOutputs> Open { get; init; } = GpioOutputs.Open;

    protected override void Present(Cue cue, TimeSpan since)
    {
        lines ??= Open(wiring);
        lines.Set((ulong)Signals.LampsOf(cue).At(since) | (Signals.ToneOf(cue).At(since) > 0 ? BuzzerBit : 0));
    }

    protected override TimeSpan? NextChange(Cue cue, TimeSpan since) => Signals.NextChange(cue, since);

    protected override void Release(bool keep)
    {
        try
        {
            if (!keep)
            {
                lines?.Set(0);
            }
        }
        finally
        {
            lines?.Dispose();
            lines = null;
        }
    }
}
