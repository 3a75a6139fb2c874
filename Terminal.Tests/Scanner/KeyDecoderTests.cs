using System.Text;
using Sandbox.Scanner;
using Terminal.Payments;
using Terminal.Scanner;

namespace Terminal.Tests.Scanner;

public sealed class KeyDecoderTests
{
    const string Code = "281234567890123456";

    readonly KeyDecoder keys = new();
    readonly ScanReading scans = new();
    Moment now = new(TimeSpan.TicksPerHour);

    [Fact]
    public void Every_key_of_a_base64_code_has_its_character()
    {
        const string text = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/=";
        Assert.Equal(text, Decode(Keyboard.Type(text)));
    }

    [Fact]
    public void Every_punctuation_mark_of_the_US_layout_has_its_character()
    {
        const string text = "!@#$%^&*()_+-=[]{};:'\"`~,.<>/?";
        Assert.Equal(text, Decode(Keyboard.Type(text)));
        Assert.Equal("\\ \t", Decode([.. Keyboard.Press(43), .. Keyboard.Press(57), .. Keyboard.Press(15)]));
        Assert.Equal("|", Decode([.. Keyboard.Hold(54), .. Keyboard.Press(43), .. Keyboard.Release(54)]));
    }

    [Fact]
    public void The_keypad_types_digits()
    {
        int[] pad = [82, 79, 80, 81, 75, 76, 77, 71, 72, 73, 83, 55, 74, 78, 98, 96];
        Assert.Equal("0123456789.*-+/\r", Decode([.. pad.SelectMany(Keyboard.Press)]));
    }

    [Fact]
    public void Caps_lock_turns_letters_only()
    {
        int[] pressed = [58, 30, 2, 58, 48];
        Assert.Equal("A1b", Decode([.. pressed.SelectMany(Keyboard.Press)]));
    }

    [Fact]
    public void A_held_key_counts_once() =>
        Assert.Equal("1", Decode([.. Keyboard.Hold(2), .. Keyboard.Event(1, 2, 2), .. Keyboard.Event(1, 2, 2)]));

    [Theory]
    [InlineData(1)] // Escape
    [InlineData(14)] // Backspace
    [InlineData(56)] // Alt, of a reader that types characters by number
    [InlineData(59)] // F1
    [InlineData(86)]
    [InlineData(240)]
    [InlineData(0xFFFF)]
    public void A_key_without_a_character_loses_the_line(int key)
    {
        Assert.Empty(Scan([.. Keyboard.Press(key), .. Keyboard.Type(Code + "\r")]));
        Assert.Equal([Code], Scan(Keyboard.Type(Code + "\r")));
    }

    [Fact]
    public void A_code_of_1039_characters_arrives_complete()
    {
        var code = string.Concat(Enumerable.Range(0, 1039).Select(i => i % 50 == 49 ? '\u001d' : "aB3+/xY7="[i % 9]));
        Assert.Equal([code], Scan(Keyboard.Type(code + "\r")));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(9)]
    [InlineData(18)]
    public void After_dropped_events_nothing_is_a_scan_before_the_next_line(int before)
    {
        Assert.Empty(Scan([.. Keyboard.Type(Code[..before]), .. Keyboard.Dropped]));
        Assert.Empty(Scan(Keyboard.Type(Code + "\r")));
        Assert.Equal(1, scans.Lost);
        Assert.Equal([Code], Scan(Keyboard.Type(Code + "\r")));
    }

    [Fact]
    public void What_was_read_together_with_dropped_events_is_skipped()
    {
        var batch = (byte[])[.. Keyboard.Type("1"), .. Keyboard.Dropped, .. Keyboard.Type("2\r3")];
        Span<byte> bytes = stackalloc byte[batch.Length];
        var count = keys.Take(batch, bytes, out var dropped);
        Assert.True(dropped);
        Assert.Equal([(byte)'1', KeyDecoder.Hole], bytes[..count].ToArray());
    }

    [Fact]
    public void A_shift_released_in_a_gap_is_up_again_once_the_kernel_was_asked()
    {
        Decode(Keyboard.Hold(Keyboard.Shift));
        Assert.Equal("!", Decode(Keyboard.Press(2)));
        keys.Resync(new byte[KeyDecoder.KeyMapSize]);
        Assert.Equal("1", Decode(Keyboard.Press(2)));
    }

    [Fact]
    public void A_shift_pressed_in_a_gap_is_down_once_the_kernel_was_asked()
    {
        var down = new byte[KeyDecoder.KeyMapSize];
        down[Keyboard.Shift / 8] = 1 << (Keyboard.Shift % 8);
        keys.Resync(down);
        Assert.Equal("!", Decode(Keyboard.Press(2)));
    }

    [Fact]
    public void No_events_make_it_throw_or_deliver_a_torn_scan()
    {
        var random = new Random(20263);
        var typed = Keyboard.Type(Code + "\r");
        var whole = 0;
        for (var i = 0; i < 100_000; i++)
        {
            var events = (i % 4) switch
            {
                0 => Noise(random),
                1 => [.. typed[..(random.Next(typed.Length / KeyEvent.Size) * KeyEvent.Size)], .. Keyboard.Dropped],
                _ => typed,
            };
            var found = Scan(events);
            whole += i % 4 == 3 && found is [Code] ? 1 : 0;
            Assert.True(i % 4 != 2 || found.Count == 0, "the line after dropped events was delivered");
            keys.Resync(new byte[KeyDecoder.KeyMapSize]);
        }
        Assert.Equal(25_000, whole);
    }

    static byte[] Noise(Random random)
    {
        var bytes = new byte[KeyEvent.Size * random.Next(8) + random.Next(KeyEvent.Size)];
        random.NextBytes(bytes);
        for (var at = 0; at + KeyEvent.Size <= bytes.Length; at += KeyEvent.Size)
        {
            Keyboard.Event(random.Next(3), random.Next(300), random.Next(-1, 4)).CopyTo(bytes, at);
        }
        return bytes;
    }

    string Decode(byte[] events)
    {
        var bytes = new byte[events.Length];
        return Encoding.Latin1.GetString(bytes, 0, keys.Take(events, bytes, out _));
    }

    List<string> Scan(byte[] events)
    {
        now += TimeSpan.FromSeconds(2);
        return [.. Encoding.Latin1.GetBytes(Decode(events)).Select(b => scans.Take(b, now)).OfType<string>()];
    }
}
