using System.Device.Gpio;
using System.Device.Gpio.Drivers;

namespace Terminal.Panel.Devices;

/// <summary>
/// The lines of a <see cref="GpioWiring"/> as outputs, through the libgpiod that the machine has. They are off when
/// opened, and disposing leaves them as they are. Every failure is an <see cref="IOException"/>; the caller then opens
/// them again.
/// </summary>
sealed class GpioOutputs : IDisposable
{
    readonly GpioController controller;
    readonly int[] offsets;
    readonly PinValue lit;

    internal GpioOutputs(GpioDriver driver, int[] offsets, bool activeLow)
    {
        this.offsets = offsets;
        lit = activeLow ? PinValue.Low : PinValue.High;
        controller = new(driver);
        try
        {
            foreach (var offset in offsets)
            {
                controller.OpenPin(offset, PinMode.Output, !lit);
            }
        }
        catch (IOException)
        {
            controller.Dispose();
            throw;
        }
    }

    /// <summary>Asks the kernel for the names of the lines, because the library knows lines only by number.</summary>
    public static GpioOutputs Open(GpioWiring wiring)
    {
        var place = GpioPlace.Find(wiring, GpioChip.All());
        return new GpioOutputs(OpenChip(place.ChipNumber), place.Offsets, wiring.ActiveLow);
    }

    /// <summary>Sets all lines, the first in bit 0; a set bit lights its lamp.</summary>
    public void Set(ulong bits)
    {
        var pairs = new PinValuePair[offsets.Length];
        for (var i = 0; i < pairs.Length; i++)
        {
            pairs[i] = new(offsets[i], (bits >> i & 1) == 1 ? lit : !lit);
        }
        controller.Write(pairs);
    }

    public void Dispose() => controller.Dispose();

    internal static GpioDriver OpenChip(int chip)
    {
        try
        {
            return GpioDriver.TryCreate(() => new LibGpiodDriver(chip), out var driver)
                ? driver
                : new LibGpiodV2Driver(chip);
        }
        catch (IOException e) when (e.InnerException is DllNotFoundException)
        {
            throw new IOException("System.Device.Gpio needs libgpiod, which is not installed", e);
        }
    }
}
