using Terminal.Device;

namespace Terminal.Panel.Devices;

/// <summary>A GPIO chip as the kernel describes it.</summary>
/// <param name="Device">Such as /dev/gpiochip0; other kernels number the chips differently.</param>
/// <param name="Label">Such as pinctrl-bcm2711.</param>
/// <param name="Lines">The names of the lines, by offset; empty for a line without a name.</param>
sealed record GpioChip(string Device, string Label, IReadOnlyList<string> Lines)
{
    public const string Prefix = "gpiochip";

    public static IEnumerable<GpioChip> All() =>
        Directory.EnumerateFiles("/dev", Prefix + "*").Order(StringComparer.Ordinal).Select(Ask);

    static GpioChip Ask(string path)
    {
        using var node = new DeviceNode(path);
        var description = new byte[GpioLines.ChipSize];
        node.Control(GpioLines.ChipRequest, description);
        var (label, count) = GpioLines.Chip(description);
        return new(path, label, [.. Enumerable.Range(0, count).Select(offset =>
        {
            var line = GpioLines.Line(offset);
            node.Control(GpioLines.LineRequest, line);
            return GpioLines.LineName(line);
        })]);
    }
}
