using Terminal.Device;

namespace Terminal.Panel;

/// <summary>Where the lines of a wiring are today.</summary>
/// <param name="Chip">Such as /dev/gpiochip0.</param>
/// <param name="Offsets">Of the lines on that chip, in the order of the wiring.</param>
public sealed record GpioPlace(string Chip, int[] Offsets)
{
    const string ChipPrefix = "gpiochip";

    /// <summary>As libraries count chips: the digits at the end of its device.</summary>
    public int ChipNumber => int.TryParse(Path.GetFileName(Chip).AsSpan(ChipPrefix.Length), out var number)
        ? number
        : throw new IOException($"{Chip} has no number");

    /// <summary>Throws <see cref="IOException"/> if there is no such chip or line.</summary>
    public static GpioPlace Find(GpioWiring wiring)
    {
        var found = new List<string>();
        foreach (var path in Directory.EnumerateFiles("/dev", ChipPrefix + "*").Order(StringComparer.Ordinal))
        {
            using var chip = new DeviceNode(path);
            var description = new byte[GpioLines.ChipSize];
            chip.Control(GpioLines.ChipRequest, description);
            var (label, count) = GpioLines.Chip(description);
            if (label == wiring.Chip)
            {
                return new(path, FindLines(chip, wiring, count));
            }
            found.Add(label);
        }
        throw new IOException($"no GPIO chip is labelled {wiring.Chip}; found: [{string.Join(", ", found)}]");
    }

    static int[] FindLines(DeviceNode chip, GpioWiring wiring, int count)
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
