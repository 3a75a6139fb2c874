using Terminal.Journal;
using Terminal.Journal.Log;

namespace Terminal.Tests.Journal;

/// <summary>What is kept in memory, and for how long.</summary>
public sealed class StandingTests
{
    const long Hour = 3_600_000;

    readonly Standing standing = new();
    long sequence, stamp = 1_767_323_045_000;

    [Fact]
    public void A_code_is_known_for_48_hours_that_certainly_passed_and_then_forgotten()
    {
        var first = Pay();
        var quarters = (48 * 4) + Standing.Fewest;
        for (var quarter = 0; quarter < (48 * 4) - 1; quarter++)
        {
            stamp += Hour / 4;
            Pay();
        }
        for (var more = 0; more < Standing.Fewest; more++)
        {
            Pay();
        }
        standing.Trim(sequence + 1);
        Assert.NotNull(standing.FindByFingerprint(first));

        stamp += Hour / 3;
        Pay();
        standing.Trim(sequence + 1);

        Assert.Null(standing.FindByFingerprint(first));
        Assert.Equal(1, standing.Forgotten);
        Assert.InRange(standing.Heads.Count, Standing.Fewest, quarters + 5);
    }

    [Theory]
    [InlineData(40L * 365 * 24 * Hour)]
    [InlineData(-40L * 365 * 24 * Hour)]
    public void A_clock_that_is_set_makes_no_code_older_than_an_hour(long by)
    {
        var first = Pay();
        stamp += by;
        for (var n = 0; n < 2 * Standing.Fewest; n++)
        {
            Pay();
        }

        standing.Trim(sequence + 1);

        Assert.NotNull(standing.FindByFingerprint(first));
        Assert.InRange(standing.Passed, 0, Hour);
    }

    [Fact]
    public void What_is_open_or_of_the_open_period_stays_however_old_it_is_and_the_rest_has_a_limit()
    {
        var open = Pay(isOpen: true);
        var period = sequence + 1;
        for (var n = 0; n < Standing.MostOfPeriod + 5; n++)
        {
            stamp += Hour;
            Pay();
        }

        standing.Trim(period);

        Assert.NotNull(standing.FindByFingerprint(open));
        Assert.Equal(Standing.MostOfPeriod + 1, standing.Heads.Count);
        Assert.Equal(6, standing.Forgotten);
    }

    [Fact]
    public void A_state_is_read_back_as_it_was_written()
    {
        Pay(isOpen: true);
        for (var n = 0; n < 20; n++)
        {
            stamp += Hour / 10;
            Pay(isOpen: n % 3 == 0);
        }
        standing.Trim(5);
        var hash = Enumerable.Range(0, 32).Select(i => (byte)i).ToArray();

        var writer = new StandingWriter(standing, hash, [1, 2, 3]);
        var disk = new MemoryDisk();
        writer.Write(disk.Open("state", create: true), new(FrameKind.State, 0, 0, 1, 0), (1, 64 << 10));
        var bytes = disk.Files()["state"].AsSpan(Frame.HeaderLength, writer.Length);

        var (read, readHash, totals) = StandingReader.Read(bytes);

        Assert.Equal(hash, readHash);
        Assert.Equal([1, 2, 3], totals);
        Assert.Equal(
            Enumerable.Range(0, standing.Heads.Count).Select(n => (standing.Heads[n], standing.Heads.RowAt(n).Began)),
            Enumerable.Range(0, read.Heads.Count).Select(n => (read.Heads[n], read.Heads.RowAt(n).Began)));
        Assert.Equal(standing.Open, read.Open);
        Assert.Equal(
            standing.Open.Select(h => standing.EntriesOf(h.PaymentId)!.Count),
            read.Open.Select(h => read.EntriesOf(h.PaymentId)!.Count));
        Assert.Equal(
            (standing.Passed, standing.Stamp, standing.Forgotten), (read.Passed, read.Stamp, read.Forgotten));
        Assert.Equal(
            standing.FindByReceipt(7), read.FindByReceipt(7));
    }

    string Pay(bool isOpen = false)
    {
        var id = $"P{++sequence}";
        var entry = new Entry(sequence, id, "requested", stamp, "{}"u8.ToArray(), new byte[32]);
        standing.Take(new(entry, 0, new(id, 7, "f" + id, isOpen, sequence, sequence)));
        return "f" + id;
    }
}
