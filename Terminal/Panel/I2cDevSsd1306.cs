namespace Terminal.Panel;

/// <summary>The display by the kernel's i2c-dev.</summary>
public sealed class I2cDevSsd1306 : ISsd1306
{
    const uint SetAddress = 0x703;

    readonly DeviceNode node;

    internal I2cDevSsd1306(DeviceNode node) => this.node = node;

    public static ISsd1306 Open(I2cAddress device)
    {
        var node = new DeviceNode(device.Bus);
        try
        {
            node.Control(SetAddress, device.Address);
            return new I2cDevSsd1306(node);
        }
        catch (IOException)
        {
            node.Dispose();
            throw;
        }
    }

    public void Start() => node.Write(Ssd1306.Start);

    public void Draw(int page, ReadOnlySpan<byte> columns)
    {
        node.Write(Ssd1306.Address(page));
        node.Write(Ssd1306.Data(columns));
    }

    public void SetContrast(byte level) => node.Write(Ssd1306.Contrast(level));

    public void Stop() => node.Write(Ssd1306.Stop);

    public void Dispose() => node.Dispose();
}
