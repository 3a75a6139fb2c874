using Terminal.Panel.Devices;

namespace Terminal.Tests.Panel;

/// <summary>The levels that System.Device.Gpio is told.</summary>
public sealed class GpioOutputsTests
{
    static readonly int[] Offsets = [17, 27, 22, 18];

    readonly List<string> calls = [];

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Lines_open_dark_and_follow_the_bits(bool activeLow)
    {
        var pins = new Pins(calls);
        using var outputs = new GpioOutputs(pins, Offsets, activeLow);
        Assert.Equal(Offsets.Select(o => (o, activeLow)), pins.Levels.Select(l => (l.Key, l.Value)));
        for (var bits = 0UL; bits < 32; bits++)
        {
            outputs.Set(bits);
            Assert.Equal(Offsets, pins.Levels.Keys);
            Assert.All(Offsets.Index(), line =>
                Assert.Equal((bits >> line.Index & 1) == 1, pins.Levels[line.Item] != activeLow));
        }
    }

    [Fact]
    public void They_are_let_go_as_they_are()
    {
        var outputs = new GpioOutputs(new Pins(calls), [4], activeLow: false);
        outputs.Set(1);
        calls.Clear();
        outputs.Dispose();
        Assert.Equal(["close 4", "dispose"], calls);
    }

    [Fact]
    public void A_line_that_is_taken_is_a_failed_device_and_holds_nothing()
    {
        Assert.Throws<IOException>(() => new GpioOutputs(new Pins(calls) { Taken = 27 }, Offsets, false));
        Assert.Equal(["close 17", "dispose"], calls);
    }

    /// <summary>Chip or library are missing where this runs.</summary>
    [Fact]
    public void A_chip_that_is_not_there_is_a_failed_device() =>
        Assert.ThrowsAny<IOException>(() => GpioOutputs.OpenChip(250));
}
