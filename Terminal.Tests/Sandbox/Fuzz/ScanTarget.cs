using Sandbox.Scanner;
using Terminal.Payments;
using Terminal.Scanner;

namespace Sandbox.Fuzz;

/// <summary>What a scanner sends or types; the first byte tells whether without a suffix.</summary>
sealed class ScanTarget(bool isKeyboard) : FuzzTarget(isKeyboard ? "keys" : "scan")
{
    const byte Pause = 0xA5;

    static readonly TimeSpan Idle = TimeSpan.FromMilliseconds(100);
    static readonly CodeSeal Seal = new(new byte[32]);

    public override void Take(byte[] input)
    {
        var line = new ScanReading((input.FirstOrDefault() & 1) == 1 ? Idle : null);
        var bytes = input.AsSpan(Math.Min(1, input.Length));
        var now = new Moment(TimeSpan.FromHours(1).Ticks);
        foreach (var b in isKeyboard ? Typed(bytes) : bytes)
        {
            now += b == Pause ? Idle * 20 : TimeSpan.FromMilliseconds(1);
            Judge(line.Take(b, now), now);
        }
        line.Cut();
        Judge(line.Idle(now + Idle), now);
    }

    /// <summary>Three bytes a key: what, and how.</summary>
    static ReadOnlySpan<byte> Typed(ReadOnlySpan<byte> presses)
    {
        var keys = new KeyDecoder();
        var typed = new List<byte>();
        Span<byte> raw = stackalloc byte[KeyEvent.Size], meant = stackalloc byte[1];
        Span<byte> down = stackalloc byte[KeyDecoder.KeyMapSize];
        for (; presses.Length >= 3; presses = presses[3..])
        {
            new KeyEvent(presses[0], (ushort)(presses[1] * (presses[0] > 0x7F ? 256 : 1)), presses[2]).Write(raw);
            var count = keys.Take(raw, meant, out var dropped);
            typed.AddRange(meant[..count]);
            if (dropped)
            {
                down.Fill(presses[2]);
                keys.Resync(down);
            }
        }
        return typed.ToArray();
    }

    void Judge(string? scan, Moment now)
    {
        if (scan is null)
        {
            return;
        }
        CountDeep();
        Expect(scan.Length is > 0 and <= ScanLine.Longest, "no scan beyond the limit");
        Expect(scan.All(c => c is >= ' ' and < '\x7F' or '\x1D'), "nothing that cannot be printed");
        var code = Seal.Seal(scan, now);
        var aid = EmvCpm.Aid(Codes.Bytes(scan));
        Expect(aid is null || (aid.Length is >= 10 and <= 32 && aid.All(char.IsAsciiHexDigit)), "an application's id");
        var isMasked = !$"{code}".Contains(scan, StringComparison.Ordinal);
        Expect(aid is not null || scan.Length < 8 || isMasked, "a masked code");
    }
}
