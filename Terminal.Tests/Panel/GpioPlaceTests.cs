using Terminal.Panel.Devices;

namespace Terminal.Tests.Panel;

/// <summary>Chips and lines as kernels number them: differently each time.</summary>
public sealed class GpioPlaceTests
{
    static readonly GpioWiring Wiring =
        new("pinctrl-rp1", "GPIO17", "GPIO27", "GPIO22", Buzzer: null, ActiveLow: false);

    readonly GpioChip[] chips =
    [
        new("/dev/gpiochip10", "raspberrypi-exp-gpio", ["BT_ON", "GPIO17", "GPIO22"]),
        new("/dev/gpiochip11", "pinctrl-rp1", ["", "GPIO22", "GPIO17", "", "GPIO27", "GPIO27"]),
    ];

    [Fact]
    public void Lines_are_found_by_the_chips_label_and_their_names()
    {
        var place = GpioPlace.Find(Wiring, chips);

        Assert.Equal(("/dev/gpiochip11", 11), (place.Chip, place.ChipNumber));
        Assert.Equal([2, 4, 1], place.Offsets);
    }

    [Fact]
    public void A_chip_that_is_not_there_is_told_with_those_that_are()
    {
        var e = Assert.Throws<IOException>(() => GpioPlace.Find(Wiring with { Chip = "pinctrl-bcm2711" }, chips));

        Assert.Contains("pinctrl-bcm2711; found: [raspberrypi-exp-gpio, pinctrl-rp1]", e.Message);
    }

    [Fact]
    public void A_line_that_is_not_there_is_told()
    {
        var e = Assert.Throws<IOException>(() => GpioPlace.Find(Wiring with { Green = "GPIO99" }, chips));

        Assert.Contains("pinctrl-rp1 has no line GPIO99", e.Message);
    }
}
