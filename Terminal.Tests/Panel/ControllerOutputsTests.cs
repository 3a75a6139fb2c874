using System.Buffers.Binary;
using System.Device.Gpio;
using Terminal.Panel;

namespace Terminal.Tests.Panel;

/// <summary>The levels that System.Device.Gpio is told, against the bytes that the kernel is told.</summary>
public sealed class ControllerOutputsTests
{
    static readonly int[] Offsets = [17, 27, 22, 18];

    readonly List<string> calls = [];

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Lines_open_dark_and_follow_the_bits_as_the_kernel_takes_them(bool activeLow)
    {
        var pins = new Pins(calls);
        using var outputs = new ControllerOutputs(pins, Offsets, activeLow);
        Assert.Equal(Offsets.Select(o => (o, activeLow)), pins.Levels.Select(l => (l.Key, l.Value)));
        for (var bits = 0UL; bits < 32; bits++)
        {
            outputs.Set(bits);
            var values = GpioLines.Values(bits, Offsets.Length);
            var lit = BinaryPrimitives.ReadUInt64LittleEndian(values);
            Assert.Equal(BinaryPrimitives.ReadUInt64LittleEndian(values.AsSpan(8)), (1UL << pins.Levels.Count) - 1);
            Assert.All(Offsets.Index(), line =>
                Assert.Equal((lit >> line.Index & 1) == 1, pins.Levels[line.Item] != activeLow));
        }
    }

    [Fact]
    public void They_are_let_go_as_they_are()
    {
        var outputs = new ControllerOutputs(new Pins(calls), [4], activeLow: false);
        outputs.Set(1);
        calls.Clear();
        outputs.Dispose();
        Assert.Equal(["close 4", "dispose"], calls);
    }

    [Fact]
    public void A_line_that_is_taken_is_a_failed_device_and_holds_nothing()
    {
        Assert.Throws<IOException>(() => new ControllerOutputs(new Pins(calls) { Taken = 27 }, Offsets, false));
        Assert.Equal(["close 17", "dispose"], calls);
    }

    /// <summary>Chip or library are missing where this runs.</summary>
    [Fact]
    public void A_chip_that_is_not_there_is_a_failed_device() =>
        Assert.ThrowsAny<IOException>(() => ControllerOutputs.OpenChip(250));

    sealed class Pins(List<string> calls) : GpioDriver
    {
        readonly Dictionary<int, PinMode> modes = [];

        public SortedDictionary<int, bool> Levels { get; } = new(Comparer<int>.Create(
            (a, b) => Array.IndexOf(Offsets, a).CompareTo(Array.IndexOf(Offsets, b))));

        public int Taken { get; init; } = -1;

        protected override int PinCount => 58;

        protected override void OpenPin(int pinNumber)
        {
            if (pinNumber == Taken)
            {
                throw new IOException("taken");
            }
        }

        protected override void ClosePin(int pinNumber) => calls.Add($"close {pinNumber}");

        protected override void SetPinMode(int pinNumber, PinMode mode) => modes[pinNumber] = mode;

        protected override PinMode GetPinMode(int pinNumber) => modes[pinNumber];

        protected override bool IsPinModeSupported(int pinNumber, PinMode mode) => mode == PinMode.Output;

        protected override void Write(int pinNumber, PinValue value)
        {
            Assert.Equal(PinMode.Output, modes[pinNumber]);
            Levels[pinNumber] = value == PinValue.High;
        }

        protected override PinValue Read(int pinNumber) => throw new NotSupportedException();

        protected override WaitForEventResult WaitForEvent(
            int pinNumber, PinEventTypes eventTypes, CancellationToken cancellationToken) =>
            throw new NotSupportedException();

        protected override void AddCallbackForPinValueChangedEvent(
            int pinNumber, PinEventTypes eventTypes, PinChangeEventHandler callback) =>
            throw new NotSupportedException();

        protected override void RemoveCallbackForPinValueChangedEvent(
            int pinNumber, PinChangeEventHandler callback) => throw new NotSupportedException();

        protected override void Dispose(bool disposing)
        {
            if (disposing)
            {
                calls.Add("dispose");
            }
            base.Dispose(disposing);
        }
    }
}
