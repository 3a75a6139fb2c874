using System.Runtime.InteropServices;
using Terminal.Device;

namespace Terminal.Ecr;

/// <summary>Raw mode, speed and character format of a serial port (Linux termios2).</summary>
static unsafe class Termios
{
    const nuint GetMode = 0x802C542A, SetMode = 0x402C542B, Flush = 0x540B;
    const nuint TakeExclusive = 0x540C, EndExclusive = 0x540D;
    const uint SpeedIsNumber = 0x1000, Receive = 0x80, IgnoreModemLines = 0x800;
    const uint Bits7 = 0x20, Bits8 = 0x30, TwoStopBits = 0x40, WithParity = 0x100, OddParity = 0x200;
    const uint CheckParity = 0x10;
    const uint Format = Bits8 | TwoStopBits | WithParity | OddParity;

    /// <summary>The kernel's struct termios2; control characters 5 and 6 are VTIME and VMIN.</summary>
    [StructLayout(LayoutKind.Sequential)]
    struct Mode
    {
        public uint Input, Output, Control, Local;
        public byte Line;
        public fixed byte Characters[19];
        public uint InputSpeed, OutputSpeed;
    }

    /// <summary>Null, or in words what the port does not do.</summary>
    public static string? SetUp(int fd, EcrSettings settings)
    {
        Mode mode;
        if (Libc.Ioctl(fd, TakeExclusive, null) < 0 || Libc.Ioctl(fd, GetMode, &mode) < 0)
        {
            return Libc.LastError;
        }
        var format = (settings.DataBits == 7 ? Bits7 : Bits8) | (settings.StopBits == 2 ? TwoStopBits : 0) |
            settings.Parity switch { Parity.Even => WithParity, Parity.Odd => WithParity | OddParity, _ => 0 };
        mode.Input = settings.Parity == Parity.None ? 0 : CheckParity;
        (mode.Output, mode.Local) = (0, 0);
        mode.Control = SpeedIsNumber | SpeedIsNumber << 16 | Receive | IgnoreModemLines | format;
        (mode.InputSpeed, mode.OutputSpeed) = ((uint)settings.Baud, (uint)settings.Baud);
        (mode.Characters[5], mode.Characters[6]) = (0, 1);
        if (Libc.Ioctl(fd, SetMode, &mode) < 0 || Libc.Ioctl(fd, GetMode, &mode) < 0)
        {
            return Libc.LastError;
        }
        // The kernel says yes to what the chip cannot do, and only tells when asked.
        if ((mode.Control & Format) != format || Math.Abs((long)mode.OutputSpeed - settings.Baud) > settings.Baud / 40)
        {
            return $"cannot do {settings.Baud} baud, {settings.DataBits} bits, parity {settings.Parity}, " +
                $"{settings.StopBits} stop bits";
        }
        return Libc.Ioctl(fd, Flush, (void*)2) < 0 ? Libc.LastError : null;
    }

    /// <summary>Another program may open the port again.</summary>
    public static void Release(int fd) => _ = Libc.Ioctl(fd, EndExclusive, null);
}
