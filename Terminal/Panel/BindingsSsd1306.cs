using System.Device.I2c;
using Iot.Device.Ssd13xx;
using Iot.Device.Ssd13xx.Commands;
using Iot.Device.Ssd13xx.Commands.Ssd1306Commands;

namespace Terminal.Panel;

/// <summary>The display by Iot.Device.Bindings.</summary>
/// <remarks>Its own Ssd1306 is for 32 rows, draws four pages and wants a graphics library to clear the screen; so this
/// stands beside it on the same base and speaks in the same commands.</remarks>
public sealed class BindingsSsd1306 : Ssd13xx, ISsd1306
{
    const string BusPrefix = "/dev/i2c-";

    static readonly ICommand[] SetUp =
    [
        new SetDisplayOff(),
        new SetDisplayClockDivideRatioOscillatorFrequency(0x00, 0x08),
        new SetMultiplexRatio(Ssd1306.Height - 1),
        new SetDisplayOffset(0),
        new SetDisplayStartLine(0),
        new SetChargePump(true),
        new SetMemoryAddressingMode(SetMemoryAddressingMode.AddressingMode.Horizontal),
        new SetSegmentReMap(true),
        new SetComOutputScanDirection(false),
        new SetComPinsHardwareConfiguration(true),
        new SetContrastControlForBank0(0x8F),
        new SetPreChargePeriod(0x01, 0x0F),
        new SetVcomhDeselectLevel(SetVcomhDeselectLevel.DeselectLevel.Vcc1_00),
        new EntireDisplayOn(false),
        new SetNormalDisplay(),
        new SetDisplayOn(),
    ];

    internal BindingsSsd1306(I2cDevice device)
        : base(device, Ssd1306.Width, Ssd1306.Height)
    {
    }

    public static ISsd1306 Open(I2cAddress device) =>
        device.Bus.StartsWith(BusPrefix, StringComparison.Ordinal)
            && int.TryParse(device.Bus.AsSpan(BusPrefix.Length), out var bus)
            ? new BindingsSsd1306(I2cDevice.Create(new(bus, device.Address)))
            : throw new IOException($"{device.Bus} is not {BusPrefix}N, all that Iot.Device.Bindings opens");

    public void Start()
    {
        foreach (var command in SetUp)
        {
            Send(command);
        }
    }

    public void Draw(int page, ReadOnlySpan<byte> columns)
    {
        Address((PageAddress)page, (PageAddress)page);
        SendData(columns.ToArray());
    }

    public void SetContrast(byte level) => Send(new SetContrastControlForBank0(level));

    public void Stop() => EnableDisplay(false);

    public override void SendCommand(ISharedCommand command) => Send(command);

    protected override void SetStartAddress() => Address(PageAddress.Page0, PageAddress.Page7);

    void Address(PageAddress first, PageAddress last)
    {
        Send(new SetPageAddress(first, last));
        Send(new SetColumnAddress());
    }

    // The first byte says that a command follows.
    void Send(ICommand command) => I2cDevice!.Write([0x00, .. command.GetBytes()]);
}
