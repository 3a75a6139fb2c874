namespace Terminal.Panel.Devices;

/// <summary>Where the lines of a wiring are on this kernel.</summary>
/// <param name="Chip">Such as /dev/gpiochip0.</param>
/// <param name="Offsets">The offsets of the lines on that chip, in the order of the wiring.</param>
sealed record GpioPlace(string Chip, int[] Offsets)
{
    /// <summary>The chip's number for libraries: the digits at the end of its device.</summary>
    public int ChipNumber => int.TryParse(Path.GetFileName(Chip).AsSpan(GpioChip.Prefix.Length), out var number)
        ? number
        : throw new IOException($"{Chip} has no number");

    /// <summary>Throws <see cref="IOException"/> if there is no such chip or line.</summary>
    public static GpioPlace Find(GpioWiring wiring, IEnumerable<GpioChip> chips)
    {
        var found = new List<string>();
        foreach (var chip in chips)
        {
            if (chip.Label == wiring.Chip)
            {
                return new(chip.Device, [.. wiring.Lines.Select(name => OffsetOf(chip, name))]);
            }
            found.Add(chip.Label);
        }
        throw new IOException($"no GPIO chip is labelled {wiring.Chip}; found: [{string.Join(", ", found)}]");
    }

    static int OffsetOf(GpioChip chip, string name)
    {
        var line = chip.Lines.Index().Where(l => l.Item == name).Select(l => (int?)l.Index).FirstOrDefault();
        return line ?? throw new IOException($"{chip.Label} has no line {name}");
    }
}
