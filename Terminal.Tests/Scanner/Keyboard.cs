using Terminal.Scanner;

namespace Terminal.Tests.Scanner;

/// <summary>Types like a keyboard reader: text → the kernel's events.</summary>
static class Keyboard
{
    public const int Shift = 42, Control = 29, Enter = 28;

    static readonly Dictionary<char, int> Unshifted =
        Rows("1234567890-=", "qwertyuiop[]", "asdfghjkl;'`", "zxcvbnm,./");

    static readonly Dictionary<char, int> WithShift =
        Rows("!@#$%^&*()_+", "QWERTYUIOP{}", "ASDFGHJKL:\"~", "ZXCVBNM<>?");

    public static byte[] Type(string text) => [.. text.SelectMany(Character)];

    public static byte[] Press(int key) => [.. Event(1, key, 1), .. Report, .. Event(1, key, 0), .. Report];

    public static byte[] Hold(int key) => [.. Event(1, key, 1), .. Report];

    public static byte[] Release(int key) => [.. Event(1, key, 0), .. Report];

    public static byte[] Dropped => [.. Event(0, 3, 0), .. Report];

    public static byte[] Event(int type, int code, int value)
    {
        var bytes = new byte[KeyEvent.Size];
        new KeyEvent((ushort)type, (ushort)code, value).Write(bytes);
        return bytes;
    }

    static byte[] Report => Event(0, 0, 0);

    static byte[] Character(char c) => c switch
    {
        '\r' => Press(Enter),
        '\u001d' => [.. Hold(Control), .. Press(Unshifted[']']), .. Release(Control)],
        _ when Unshifted.TryGetValue(c, out var key) => Press(key),
        _ => [.. Hold(Shift), .. Press(WithShift[c]), .. Release(Shift)],
    };

    static Dictionary<char, int> Rows(params string[] rows)
    {
        int[] first = [2, 16, 30, 44];
        return rows.SelectMany((row, r) => row.Select((c, i) => KeyValuePair.Create(c, first[r] + i))).ToDictionary();
    }
}
