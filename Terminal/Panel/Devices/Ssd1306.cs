using System.Device.I2c;
using Iot.Device.Ssd13xx;
using Iot.Device.Ssd13xx.Commands;
using Iot.Device.Ssd13xx.Commands.Ssd1306Commands;
using Terminal.Panel.Screens;

namespace Terminal.Panel.Devices;

/// <summary>
/// An SSD1306 display of 128×64 on an I²C bus. Every failure is an <see cref="IOException"/>; the caller then opens the
/// display again.
/// </summary>
/// <remarks>The class of that name in Iot.Device.Bindings sets up 32 rows, draws four pages and wants a graphics
/// library to clear the screen; so this one stands beside it on the same base and speaks the same commands.</remarks>
sealed class Ssd1306 : Ssd13xx
{
    public const int Width = 128;
    public const int Height = 64;
    public const int Pages = Height / 8;

    const string BusPrefix = "/dev/i2c-";

    static readonly ICommand[] SetUp =
    [
        new SetDisplayOff(),
        new SetDisplayClockDivideRatioOscillatorFrequency(0x00, 0x08),
        new SetMultiplexRatio(Height - 1),
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

    internal Ssd1306(I2cDevice device)
        : base(device, Width, Height)
    {
    }

    public static Ssd1306 Open(I2cAddress device) =>
        device.Bus.StartsWith(BusPrefix, StringComparison.Ordinal)
            && int.TryParse(device.Bus.AsSpan(BusPrefix.Length), out var bus)
            ? new Ssd1306(I2cDevice.Create(new(bus, device.Address)))
            : throw new IOException($"{device.Bus} is not {BusPrefix}N, all that Iot.Device.Bindings opens");

    /// <summary>Eight rows: one byte per column, with the topmost row in bit 0.</summary>
    public static byte[] Page(Canvas canvas, int page)
    {
        var columns = new byte[Width];
        for (var x = 0; x < Width; x++)
        {
            for (var bit = 0; bit < 8; bit++)
            {
                columns[x] |= canvas[x, page * 8 + bit] ? (byte)(1 << bit) : (byte)0;
            }
        }
        return columns;
    }

    /// <summary>Sets the display up and switches it on.</summary>
    public void Start()
    {
        foreach (var command in SetUp)
        {
            Send(command);
        }
    }

    /// <param name="page">Eight rows, counted from the top.</param>
    /// <param name="columns">As <see cref="Page"/> makes them.</param>
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

    // The first byte announces a command.
    void Send(ICommand command) => I2cDevice!.Write([0x00, .. command.GetBytes()]);
}
