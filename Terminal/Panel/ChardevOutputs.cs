namespace Terminal.Panel;

/// <summary>GPIO lines by the kernel's character device.</summary>
public sealed class ChardevOutputs : IGpioOutputs
{
    readonly DeviceNode lines;
    readonly int count;

    internal ChardevOutputs(DeviceNode lines, int count) => (this.lines, this.count) = (lines, count);

    public static IGpioOutputs Open(GpioWiring wiring)
    {
        var place = GpioPlace.Find(wiring);
        using var chip = new DeviceNode(place.Chip);
        var request = GpioLines.Open(place.Offsets, wiring.ActiveLow);
        chip.Control(GpioLines.OpenRequest, request);
        return new ChardevOutputs(new(place.Chip, GpioLines.Descriptor(request)), place.Offsets.Length);
    }

    public void Set(ulong bits) => lines.Control(GpioLines.SetRequest, GpioLines.Values(bits, count));

    public void Dispose() => lines.Dispose();
}
