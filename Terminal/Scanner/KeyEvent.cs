using System.Runtime.InteropServices;

namespace Terminal.Scanner;

/// <summary>One <c>struct input_event</c> of the kernel, without its time stamp.</summary>
readonly record struct KeyEvent(ushort Type, ushort Code, int Value)
{
    /// <summary>Length of the time stamp before the three fields: two machine words.</summary>
    static readonly int Stamp = 2 * IntPtr.Size;

    public static readonly int Size = Stamp + 8;

    /// <summary>EV_SYN/SYN_DROPPED: the kernel's buffer overflowed, and keys before this event are missing.</summary>
    public bool IsDropped => this is { Type: 0, Code: 3 };

    /// <summary>EV_KEY.</summary>
    public bool IsKey => Type == 1;

    public static KeyEvent Read(ReadOnlySpan<byte> bytes) => new(
        MemoryMarshal.Read<ushort>(bytes[Stamp..]),
        MemoryMarshal.Read<ushort>(bytes[(Stamp + 2)..]),
        MemoryMarshal.Read<int>(bytes[(Stamp + 4)..]));

    public void Write(Span<byte> bytes)
    {
        MemoryMarshal.Write(bytes[Stamp..], Type);
        MemoryMarshal.Write(bytes[(Stamp + 2)..], Code);
        MemoryMarshal.Write(bytes[(Stamp + 4)..], Value);
    }
}
