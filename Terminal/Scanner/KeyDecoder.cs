namespace Terminal.Scanner;

/// <summary>Turns the key presses of a keyboard reader (US layout) into the bytes that it read.</summary>
sealed class KeyDecoder
{
    /// <summary>Stands for missing or meaningless keys; <see cref="ScanLine"/> then drops the line.</summary>
    public const byte Hole = 0x18;

    /// <summary>EVIOCGKEY: one bit per key, up to KEY_MAX.</summary>
    public const int KeyMapSize = 96;

    const int LeftControl = 29, LeftShift = 42, RightShift = 54, CapsLock = 58, NumLock = 69, RightControl = 97;

    // Index = key code; \0 = no character. 71 to 83: keypad with number lock on, 96: its Enter, 98: its slash.
    const string Plain = "\0\u001b1234567890-=\b\tqwertyuiop[]\r\0asdfghjkl;'`\0\\zxcvbnm,./\0*\0 "
        + "\0\0\0\0\0\0\0\0\0\0\0\0\0" + "789-456+1230." + "\0\0\0\0\0\0\0\0\0\0\0\0" + "\r\0/";
    const string Shifted = "\0\u001b!@#$%^&*()_+\b\tQWERTYUIOP{}\r\0ASDFGHJKL:\"~\0|ZXCVBNM<>?\0*\0 "
        + "\0\0\0\0\0\0\0\0\0\0\0\0\0" + "789-456+1230." + "\0\0\0\0\0\0\0\0\0\0\0\0" + "\r\0/";

    bool leftShift;
    bool rightShift;
    bool leftControl;
    bool rightControl;
    bool capsLock;

    /// <summary>Takes the events of one read; they make at most one byte each.</summary>
    /// <param name="dropped">
    /// The kernel dropped keys, and the rest of this read was skipped. The caller must now ask the kernel which keys
    /// are down (see <see cref="Resync"/>). That question drops further keys, so without the skipping two lines could
    /// merge into one.
    /// </param>
    /// <returns>How many bytes were written.</returns>
    public int Take(ReadOnlySpan<byte> events, Span<byte> bytes, out bool dropped)
    {
        var count = 0;
        for (; events.Length >= KeyEvent.Size; events = events[KeyEvent.Size..])
        {
            var key = KeyEvent.Read(events);
            if (key.IsDropped)
            {
                bytes[count++] = Hole;
                dropped = true;
                return count;
            }
            if (Press(key) is { } meant)
            {
                bytes[count++] = meant;
            }
        }
        dropped = false;
        return count;
    }

    /// <param name="down">Bit map of the keys that are down.</param>
    public void Resync(ReadOnlySpan<byte> down)
    {
        (leftShift, rightShift) = (IsDown(down, LeftShift), IsDown(down, RightShift));
        (leftControl, rightControl) = (IsDown(down, LeftControl), IsDown(down, RightControl));
    }

    byte? Press(KeyEvent key)
    {
        if (!key.IsKey || key.Value is not (0 or 1)) // 2 is the kernel's auto-repeat, which a reader never means.
        {
            return null;
        }
        var down = key.Value == 1;
        switch (key.Code)
        {
            case LeftShift: leftShift = down; return null;
            case RightShift: rightShift = down; return null;
            case LeftControl: leftControl = down; return null;
            case RightControl: rightControl = down; return null;
            case CapsLock: capsLock ^= down; return null;
            case NumLock: return null;
            default: return down ? Meaning(key.Code) : null;
        }
    }

    byte Meaning(int code)
    {
        var plain = code < Plain.Length ? Plain[code] : '\0';
        var shift = (leftShift || rightShift) ^ (capsLock && char.IsAsciiLetter(plain));
        var meant = plain == '\0' ? (char)Hole : shift ? Shifted[code] : plain;
        // Readers type the separators of a GS1 code with Control: Ctrl+] is 1D.
        return (byte)(leftControl || rightControl ? meant & 0x1F : meant);
    }

    static bool IsDown(ReadOnlySpan<byte> down, int key) => (down[key / 8] >> (key % 8) & 1) == 1;
}
