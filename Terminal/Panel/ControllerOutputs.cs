using System.Device.Gpio;
using System.Device.Gpio.Drivers;

namespace Terminal.Panel;

/// <summary>GPIO lines by System.Device.Gpio, over whichever libgpiod the machine has.</summary>
public sealed class ControllerOutputs : IGpioOutputs
{
    readonly GpioController controller;
    readonly int[] offsets;
    readonly PinValue lit;

    internal ControllerOutputs(GpioDriver driver, int[] offsets, bool activeLow)
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

    /// <summary>The library knows lines by number only: the kernel is asked for their names.</summary>
    public static IGpioOutputs Open(GpioWiring wiring)
    {
        var place = GpioPlace.Find(wiring);
        return new ControllerOutputs(OpenChip(place.ChipNumber), place.Offsets, wiring.ActiveLow);
    }

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
