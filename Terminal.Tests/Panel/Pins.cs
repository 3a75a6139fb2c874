using System.Device.Gpio;

namespace Terminal.Tests.Panel;

/// <summary>A chip's lines, below System.Device.Gpio: what was done to them.</summary>
sealed class Pins(List<string> calls) : GpioDriver
{
    readonly Dictionary<int, PinMode> modes = [];

    /// <summary>In the order in which the lines were first written.</summary>
    public OrderedDictionary<int, bool> Levels { get; } = [];

    public int Taken { get; init; } = -1;

    /// <summary>Called after each line that is written.</summary>
    public Action<int> Written { get; init; } = _ => { };

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
        Written(pinNumber);
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
