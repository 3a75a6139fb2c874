using Terminal.Panel.Cues;

namespace Terminal.Panel.Devices;

/// <summary>
/// Where the lamps are connected: chip label and line names, because the numbers differ between kernels.
/// </summary>
/// <param name="Buzzer">A buzzer that sounds whenever it is switched on; null if there is none.</param>
sealed record GpioWiring(string Chip, string Green, string Yellow, string Red, string? Buzzer, bool ActiveLow)
{
    /// <summary>In the order of the bits of <see cref="Lamps"/>; the buzzer comes last.</summary>
    public IReadOnlyList<string> Lines => Buzzer is null ? [Green, Yellow, Red] : [Green, Yellow, Red, Buzzer];
}
