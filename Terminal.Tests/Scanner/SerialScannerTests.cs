using System.Collections.Concurrent;
using Sandbox.Scanner;
using Terminal.Device;
using Terminal.Payments;
using Terminal.Payments.Orders;
using Terminal.Scanner;

namespace Terminal.Tests.Scanner;

public sealed class SerialScannerTests : IDisposable
{
    const string Code = "281234567890123456";
    const string Another = "101234567890123456";

    /// <summary>Only a test that fails ever waits so long.</summary>
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    readonly ManualTime time = new();
    readonly BlockingCollection<PaymentCode> posted = [];
    readonly ManualResetEventSlim silent = new();

    public void Dispose()
    {
        posted.Dispose();
        silent.Dispose();
    }

    [Fact]
    public void A_scan_is_posted_with_its_fingerprint_and_its_moment()
    {
        time.Advance(TimeSpan.FromSeconds(7));
        using var scanner = Started(time, null, new ScriptedLine(() => Code[..5], () => Code[5..] + "\r", Silence));
        var code = Next();
        Assert.Equal(Code, code.Text());
        Assert.Equal(new CodeSeal(new byte[32]).Seal(Code, default).Fingerprint, code.Fingerprint);
        Assert.Equal(new Moment(TimeSpan.FromSeconds(7).Ticks), code.ScannedAt);
        Assert.Equal(new ScannerStatus(true, 1, 0, 0, 0), scanner.Status);
    }

    [Fact]
    public void What_is_no_payment_code_is_counted_and_not_posted()
    {
        using var scanner = Started(time, null, new ScriptedLine(() => $"4006381333931\r{Code}\r", Silence));
        Assert.Equal(Code, Next().Text());
        Assert.Equal(new ScannerStatus(true, 1, 1, 0, 0), scanner.Status);
    }

    [Fact]
    public void A_reader_without_a_suffix_is_understood_by_its_silence()
    {
        var gap = TimeSpan.FromMilliseconds(50);
        using var scanner = Started(time, gap, new ScriptedLine(() => Code, () => Wait(gap), Silence));
        Assert.Equal(Code, Next().Text());

        string? Wait(TimeSpan span)
        {
            time.Advance(span);
            return Silence();
        }
    }

    [Fact]
    public void A_line_that_is_gone_is_opened_again()
    {
        using var first = new ScriptedLine(() => Code + "\r");
        using var second = new ScriptedLine(() => Another + "\r", Silence);
        using var scanner = Started(new HastyTime(), null, first, null, second);
        Assert.Equal(Code, Next().Text());
        Assert.Equal(Another, Next().Text());
        Assert.True(first.IsDisposed);
    }

    [Fact]
    public void A_scan_cut_by_a_lost_line_is_not_completed_by_the_next()
    {
        using var first = new ScriptedLine(() => "99");
        using var second = new ScriptedLine(() => $"{Code}\r{Another}\r", Silence);
        using var scanner = Started(new HastyTime(), null, first, second);
        Assert.Equal(Another, Next().Text());
        Assert.Equal(new ScannerStatus(true, 1, 0, 0, 1), scanner.Status);
    }

    [Fact]
    public void The_pauses_between_attempts_double_up_to_4_seconds_and_begin_again_after_a_byte()
    {
        var hasty = new HastyTime();
        ISerialLine?[] lines =
        [
            null, null, null, new ScriptedLine(), null, null, new ScriptedLine(() => "1"), null,
            new ScriptedLine(Silence),
        ];
        using var scanner = Started(hasty, null, lines);
        Assert.True(silent.Wait(Patience));
        Assert.Equal([500, 1000, 2000, 4000, 4000, 4000, 250, 500], hasty.Waits.Select(w => w.TotalMilliseconds));
    }

    [Fact]
    public void Disposing_closes_the_line_and_ends_the_thread()
    {
        var line = new ScriptedLine(Silence);
        var scanner = Started(time, null, line);
        Assert.True(silent.Wait(Patience));
        scanner.Dispose();
        Assert.True(line.IsDisposed);
        Assert.False(scanner.Status.Connected);
    }

    [Fact]
    public void Disposing_ends_a_scanner_that_waits_for_its_reader()
    {
        using var asked = new ManualResetEventSlim();
        var options = new ScanOptions(CodeTable.Default, new(new byte[32]), time);
        var scanner = new SerialScanner(() => EvdevLine.Open("/dev/input/by-id/there-is-no-such-reader"), options);
        scanner.Start(_ => asked.Set());
        scanner.Dispose();
        Assert.False(asked.IsSet);
        Assert.Equal(default, scanner.Status);
    }

    SerialScanner Started(TimeProvider clock, TimeSpan? gap, params ISerialLine?[] lines)
    {
        var left = new Queue<ISerialLine?>(lines);
        var scanner = new SerialScanner(
            () => left.TryDequeue(out var line) ? line : null,
            new(CodeTable.Default, new(new byte[32]), clock, gap));
        scanner.Start(input => posted.Add(((Arrival.Scanned)input).Code));
        return scanner;
    }

    string? Silence()
    {
        silent.Set();
        return null;
    }

    PaymentCode Next()
    {
        Assert.True(posted.TryTake(out var code, Patience), "no scan was posted");
        return code!;
    }
}
