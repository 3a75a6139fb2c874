using Terminal.Device;

namespace Terminal.Scanner;

/// <summary>
/// A keyboard reader (kernel evdev) as a byte line. The device is grabbed, so its keys reach no console.
/// </summary>
sealed unsafe class EvdevLine : ISerialLine
{
    const int EventsPerRead = 64;
    const nuint Grab = 0x40044590; // EVIOCGRAB
    const nuint KeysDown = 0x80604518; // EVIOCGKEY for KeyMapSize bytes

    readonly DeviceReader device;
    readonly KeyDecoder keys = new();

    internal EvdevLine(DeviceReader device) => this.device = device;

    /// <param name="path">Preferably a link that names the device: /dev/input/by-id/…-event-kbd.</param>
    /// <returns>Null if the device is missing, may not be opened, or is grabbed by another process.</returns>
    public static EvdevLine? Open(string path)
    {
        if (DeviceReader.Open(path, out _) is not { } device)
        {
            return null;
        }
        var line = new EvdevLine(device);
        line.WarmUp();
        if (device.Control(Grab, (void*)1))
        {
            return line;
        }
        line.Dispose();
        return null;
    }

    public int Read(Span<byte> buffer)
    {
        Span<byte> events = stackalloc byte[Math.Min(EventsPerRead, buffer.Length) * KeyEvent.Size];
        int decoded;
        do
        {
            var count = device.Read(events);
            if (count == 0)
            {
                return 0;
            }
            decoded = Decode(events[..count], buffer);
            Pinned.Wipe(events[..count]);
        }
        while (decoded == 0);
        return decoded;
    }

    /// <summary>Always false: a keyboard takes no text.</summary>
    public bool Write(ReadOnlySpan<byte> bytes) => false;

    public void Dispose() => device.Dispose();

    /// <summary>
    /// The kernel buffers only about ten characters, so the code that takes them is compiled before they arrive.
    /// </summary>
    void WarmUp()
    {
        var press = new byte[KeyEvent.Size];
        new KeyEvent(1, 28, 1).Write(press);
        Decode(press, new byte[1]);
    }

    int Decode(ReadOnlySpan<byte> events, Span<byte> buffer)
    {
        var count = keys.Take(events, buffer, out var dropped);
        if (dropped)
        {
            var down = stackalloc byte[KeyDecoder.KeyMapSize];
            if (device.Control(KeysDown, down))
            {
                keys.Resync(new(down, KeyDecoder.KeyMapSize));
            }
        }
        return count;
    }
}
