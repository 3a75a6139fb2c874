namespace Terminal.Panel.Devices;

/// <summary>A device on an I²C bus.</summary>
/// <param name="Bus">Such as /dev/i2c-1.</param>
/// <param name="Address">7 bits; usually 0x3C for a display.</param>
readonly record struct I2cAddress(string Bus, int Address)
{
    public override string ToString() => $"{Bus} at 0x{Address:X2}";
}
