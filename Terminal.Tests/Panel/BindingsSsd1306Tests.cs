using System.Device.I2c;
using Terminal.Panel;

namespace Terminal.Tests.Panel;

public sealed class BindingsSsd1306Tests : Ssd1306Contract
{
    readonly List<byte[]> transfers = [];

    [Theory]
    [InlineData("/dev/display", "/dev/display is not /dev/i2c-N, all that Iot.Device.Bindings opens")]
    [InlineData("/dev/i2c-250", "/dev/i2c-250")]
    public void A_bus_that_is_not_there_is_a_failed_device(string bus, string told) =>
        Assert.Contains(told, Assert.Throws<IOException>(() => BindingsSsd1306.Open(new(bus, 0x3C))).Message);

    protected override ISsd1306 Open() => new BindingsSsd1306(new Recorder(transfers));

    protected override List<byte[]> Sent()
    {
        var sent = transfers.ToList();
        transfers.Clear();
        return sent;
    }

    sealed class Recorder(List<byte[]> transfers) : I2cDevice
    {
        public override I2cConnectionSettings ConnectionSettings => new(1, 0x3C);

        public override void Write(ReadOnlySpan<byte> buffer) => transfers.Add(buffer.ToArray());

        public override void Read(Span<byte> buffer) => throw new NotSupportedException();

        public override void WriteRead(ReadOnlySpan<byte> writeBuffer, Span<byte> readBuffer) =>
            throw new NotSupportedException();
    }
}
