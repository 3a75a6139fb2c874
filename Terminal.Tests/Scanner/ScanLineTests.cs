using System.Text;
using Sandbox.Scanner;
using Terminal.Payments;
using Terminal.Scanner;

namespace Terminal.Tests.Scanner;

public sealed class ScanLineTests
{
    const string Code = "281234567890123456";

    static readonly TimeSpan Gap = TimeSpan.FromMilliseconds(50);

    Moment now = new(TimeSpan.TicksPerHour);

    [Theory]
    [InlineData("\r")]
    [InlineData("\n")]
    [InlineData("\r\n")]
    [InlineData("\t")]
    [InlineData("\u0003")]
    [InlineData("\r\n\r\n")]
    public void Any_usual_suffix_ends_a_scan(string suffix) =>
        Assert.Equal([Code, "2"], Feed(new(), Code + suffix + "2" + suffix));

    [Theory]
    [InlineData("]Q1" + Code)]
    [InlineData("]C0" + Code)]
    [InlineData("\u0002" + Code)]
    [InlineData("\u0002]Q3" + Code)]
    public void What_the_reader_says_before_the_code_is_removed(string line) =>
        Assert.Equal([Code], Feed(new(), line + "\r"));

    [Theory]
    [InlineData("]Q1")]
    [InlineData("\u0002\u0003")]
    [InlineData("")]
    public void An_empty_line_is_no_scan(string line)
    {
        var scans = new ScanReading();
        Assert.Empty(Feed(scans, line + "\r"));
        Assert.Equal(0, scans.Lost);
    }

    [Theory]
    [InlineData("281200000000000009 ")]
    [InlineData("  281200000000000009")]
    [InlineData("]Q1 281200000000000009  ")]
    public void Blanks_around_a_code_are_not_of_it(string line) =>
        Assert.Equal(["281200000000000009"], Feed(new(), line + "\r"));

    [Theory]
    [InlineData("", 0x00)]
    [InlineData("", 0x03)]
    [InlineData("\u0002", 0x00)]
    [InlineData("\u0002", 0x01)]
    [InlineData("\u0002", 0x02)]
    [InlineData("\u0002", 0x03)]
    public void A_checksum_behind_ETX_does_not_lose_the_next_scan(string start, byte ends)
    {
        var scans = new ScanReading();
        foreach (var code in (string[])[Code, "101234567890123457", "6212345678901234567"])
        {
            var checksum = (char)(code.Aggregate(0, (sum, c) => sum ^ c) ^ ends);
            Assert.Equal([code], Feed(scans, $"{start}{code}\u0003{checksum}"));
            now += start.Length > 0 ? default : TimeSpan.FromSeconds(2);
        }
        Assert.Equal(0, scans.Lost);
    }

    [Fact]
    public void A_checksum_is_no_scan_of_its_own_for_a_reader_without_a_suffix()
    {
        var scans = new ScanReading(Gap);
        Assert.Equal(["12"], Feed(scans, "12\u0003\u0003"));
        Feed(scans, "34\u0003\u0007");
        now += Gap;
        Assert.Null(scans.Idle(now));
        Assert.Equal(0, scans.Lost);
    }

    [Fact]
    public void A_scan_that_only_begins_like_a_checksum_keeps_its_first_byte()
    {
        var scans = new ScanReading();
        Assert.Equal([Code, Code], Feed(scans, $"{Code}\u0003").Concat(After(2, scans, $"{Code}\u0003")));
        Feed(scans, "2");
        now += TimeSpan.FromSeconds(2);
        Assert.Equal([Code], Feed(scans, Code[1..] + "\u0003"));
    }

    List<string> After(int seconds, ScanReading scans, string text)
    {
        now += TimeSpan.FromSeconds(seconds);
        return Feed(scans, text);
    }

    [Fact]
    public void The_separator_of_a_GS1_code_is_kept() =>
        Assert.Equal(["01\u001d02"], Feed(new(), "01\u001d02\r"));

    [Fact]
    public void Without_a_suffix_silence_ends_a_scan()
    {
        var scans = new ScanReading(Gap);
        Assert.Empty(Feed(scans, Code));
        Assert.Equal(now + Gap, scans.WakeAt);
        now += Gap - TimeSpan.FromTicks(1);
        Assert.Null(scans.Idle(now));
        now += TimeSpan.FromTicks(1);
        Assert.Equal(Code, scans.Idle(now));
        Assert.Equal(Moment.Never, scans.WakeAt);
    }

    [Fact]
    public void A_byte_after_the_silence_begins_the_next_scan()
    {
        var scans = new ScanReading(Gap);
        Feed(scans, "123");
        now += Gap;
        Assert.Equal(["123"], Feed(scans, "4"));
        now += Gap;
        Assert.Equal("4", scans.Idle(now));
    }

    [Fact]
    public void With_a_suffix_silence_ends_nothing()
    {
        var scans = new ScanReading();
        Feed(scans, "2812");
        now += TimeSpan.FromHours(1);
        Assert.Null(scans.Idle(now));
        Assert.Equal(["281234"], Feed(scans, "34\r"));
    }

    [Theory]
    [InlineData(ScanLine.Longest, 1, 0)]
    [InlineData(ScanLine.Longest + 1, 0, 1)]
    [InlineData(ScanLine.Longest * 5, 0, 1)]
    public void A_line_too_long_is_lost_with_its_tail(int length, int delivered, int lost)
    {
        var scans = new ScanReading();
        Assert.Equal(delivered, Feed(scans, new string('2', length) + "\r").Count);
        Assert.Equal(lost, scans.Lost);
        Assert.Equal([Code], Feed(scans, Code + "\r"));
    }

    [Theory]
    [InlineData(0x00)]
    [InlineData(0x18)]
    [InlineData(0x1B)]
    [InlineData(0x02)]
    [InlineData(0x7F)]
    [InlineData(0xFF)]
    public void A_line_with_noise_in_it_is_lost_up_to_its_end(byte noise)
    {
        var scans = new ScanReading();
        Feed(scans, "12");
        Assert.Null(scans.Take(noise, now));
        Assert.Empty(Feed(scans, Code + "\r"));
        Assert.Equal(1, scans.Lost);
        Assert.Equal([Code], Feed(scans, Code + "\r"));
    }

    [Fact]
    public void The_rest_of_a_scan_after_the_line_was_cut_is_no_scan()
    {
        var scans = new ScanReading();
        Feed(scans, "99");
        scans.Cut();
        Assert.Empty(Feed(scans, Code + "\r"));
        scans.Cut();
        Assert.Equal([Code], Feed(scans, Code + "\r"));
    }

    [Fact]
    public void The_same_code_again_within_a_second_is_dropped()
    {
        var scans = new ScanReading();
        Assert.Equal([Code], Feed(scans, Code + "\r" + Code + "\r"));
        now += TimeSpan.FromSeconds(1) - TimeSpan.FromTicks(1);
        Assert.Empty(Feed(scans, "]Q1" + Code + "\r"));
        Assert.Equal(2, scans.Repeated);
        now += TimeSpan.FromTicks(1);
        Assert.Equal([Code], Feed(scans, Code + "\r"));
    }

    [Fact]
    public void Another_code_within_a_second_is_delivered() =>
        Assert.Equal(["1", "2", "1"], Feed(new(), "1\r2\r1\r"));

    [Fact]
    public void No_bytes_make_it_throw_or_deliver_more_than_was_sent()
    {
        var random = new Random(20262);
        var scans = new ScanReading(Gap);
        var (sent, delivered) = (0, 0);
        for (var i = 0; i < 100_000; i++)
        {
            var bytes = new byte[random.Next(40)];
            random.NextBytes(bytes);
            if (random.Next(2) == 0)
            {
                bytes.AsSpan().Replace((byte)0, (byte)'\r');
                bytes = [.. bytes.Where(b => b is (byte)'\r' or > 0x20 and < 0x7F)];
            }
            sent += bytes.Length;
            foreach (var scan in bytes.Select(b => scans.Take(b, now)).Append(scans.Idle(now)).OfType<string>())
            {
                delivered += scan.Length;
                Assert.InRange(scan.Length, 1, ScanLine.Longest);
                Assert.DoesNotContain(scan, c => c is '\r' or > '~' or < ' ' and not '\u001d');
            }
            now += TimeSpan.FromMilliseconds(random.Next(60));
        }
        Assert.InRange(delivered, 1, sent);
        Assert.InRange(scans.Lost, 1, 100_000);
    }

    List<string> Feed(ScanReading scans, string text) =>
        [.. Encoding.Latin1.GetBytes(text).Select(b => scans.Take(b, now)).OfType<string>()];
}
