using Serilog;

namespace Terminal.Panel;

/// <summary>Three lamps and a buzzer on GPIO lines, switched together.</summary>
public sealed class GpioLights(GpioWiring wiring, ILogger log, TimeProvider time)
    : PanelDevice($"lamps on {wiring.Chip}", log, time)
{
    const ulong BuzzerBit = 8;

    DeviceNode? lines;

    protected override void Present(Cue cue, TimeSpan since)
    {
        lines ??= Open();
        Set((ulong)Signals.LampsOf(cue).At(since) | (Signals.ToneOf(cue).At(since) > 0 ? BuzzerBit : 0));
    }

    protected override TimeSpan? NextChange(Cue cue, TimeSpan since) => Signals.NextChange(cue, since);

    protected override void Release(bool keep)
    {
        try
        {
            if (!keep)
            {
                Set(0);
            }
        }
        finally
        {
            lines?.Dispose();
            lines = null;
        }
    }

    void Set(ulong bits) => lines?.Control(GpioLines.SetRequest, GpioLines.Values(bits, wiring.Lines.Count));

    DeviceNode Open()
    {
        var found = new List<string>();
        foreach (var path in Directory.EnumerateFiles("/dev", "gpiochip*").Order(StringComparer.Ordinal))
        {
            using var chip = new DeviceNode(path);
            var description = new byte[GpioLines.ChipSize];
            chip.Control(GpioLines.ChipRequest, description);
            var (label, count) = GpioLines.Chip(description);
            if (label == wiring.Chip)
            {
                var request = GpioLines.Open(FindLines(chip, count), wiring.ActiveLow);
                chip.Control(GpioLines.OpenRequest, request);
                return new(path, GpioLines.Descriptor(request));
            }
            found.Add(label);
        }
        throw new IOException($"no GPIO chip is labelled {wiring.Chip}; found: [{string.Join(", ", found)}]");
    }

    int[] FindLines(DeviceNode chip, int count)
    {
        var offsets = Enumerable.Range(0, count).ToLookup(offset =>
        {
            var line = GpioLines.Line(offset);
            chip.Control(GpioLines.LineRequest, line);
            return GpioLines.LineName(line);
        });
        return [.. wiring.Lines.Select(name => offsets.Contains(name)
            ? offsets[name].First()
            : throw new IOException($"{wiring.Chip} has no line {name}"))];
    }
}
