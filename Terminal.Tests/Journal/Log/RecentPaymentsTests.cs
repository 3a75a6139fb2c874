using Sandbox.Journal;
using Terminal.Journal;
using Terminal.Journal.Log;

namespace Terminal.Tests.Journal.Log;

/// <summary>What is kept in memory, and for how long.</summary>
public sealed class RecentPaymentsTests
{
    const long Hour = 3_600_000;

    readonly RecentPayments payments = new();
    long sequence, stamp = 1_767_323_045_000;

    [Fact]
    public void A_code_is_known_for_48_hours_that_certainly_passed_and_then_forgotten()
    {
        var first = Pay();
        var quarters = (48 * 4) + RecentPayments.Fewest;
        for (var quarter = 0; quarter < (48 * 4) - 1; quarter++)
        {
            stamp += Hour / 4;
            Pay();
        }
        for (var more = 0; more < RecentPayments.Fewest; more++)
        {
            Pay();
        }
        payments.Trim(sequence + 1);
        Assert.NotNull(payments.FindByFingerprint(first));

        stamp += Hour / 3;
        Pay();
        payments.Trim(sequence + 1);

        Assert.Null(payments.FindByFingerprint(first));
        Assert.Equal(1, payments.Forgotten);
        Assert.InRange(payments.Heads.Count, RecentPayments.Fewest, quarters + 5);
    }

    [Theory]
    [InlineData(40L * 365 * 24 * Hour)]
    [InlineData(-40L * 365 * 24 * Hour)]
    public void A_clock_that_is_set_makes_no_code_older_than_an_hour(long by)
    {
        var first = Pay();
        stamp += by;
        for (var n = 0; n < 2 * RecentPayments.Fewest; n++)
        {
            Pay();
        }

        payments.Trim(sequence + 1);

        Assert.NotNull(payments.FindByFingerprint(first));
        Assert.InRange(payments.Passed, 0, Hour);
    }

    [Fact]
    public void What_is_open_or_of_the_open_period_stays_however_old_it_is_and_the_rest_has_a_limit()
    {
        var open = Pay(isOpen: true);
        var period = sequence + 1;
        for (var n = 0; n < RecentPayments.MostOfPeriod + 5; n++)
        {
            stamp += Hour;
            Pay();
        }

        payments.Trim(period);

        Assert.NotNull(payments.FindByFingerprint(open));
        Assert.Equal(RecentPayments.MostOfPeriod + 1, payments.Heads.Count);
        Assert.Equal(6, payments.Forgotten);
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
        payments.Trim(5);
        var hash = Enumerable.Range(0, 32).Select(i => (byte)i).ToArray();

        var writer = new LogState(payments, hash, [1, 2, 3]);
        var disk = new MemoryDisk();
        writer.Write(disk.Open("state", create: true), new(FrameKind.State, 0, 0, 1, 0), (1, 64 << 10));
        var bytes = disk.Files()["state"].AsSpan(LogFrame.HeaderLength, writer.Length);

        var state = LogState.Read(bytes);
        var read = state.Payments;

        Assert.Equal(hash, state.Hash);
        Assert.Equal([1, 2, 3], state.Totals);
        Assert.Equal(
            Enumerable.Range(0, payments.Heads.Count).Select(n => (payments.Heads[n], payments.Heads.RowAt(n).Began)),
            Enumerable.Range(0, read.Heads.Count).Select(n => (read.Heads[n], read.Heads.RowAt(n).Began)));
        Assert.Equal(payments.Open, read.Open);
        Assert.Equal(
            payments.Open.Select(h => payments.EntriesOf(h.PaymentId)!.Count),
            read.Open.Select(h => read.EntriesOf(h.PaymentId)!.Count));
        Assert.Equal(
            (payments.Passed, payments.Stamp, payments.Forgotten), (read.Passed, read.Stamp, read.Forgotten));
        Assert.Equal(
            payments.FindByReceipt(7), read.FindByReceipt(7));
    }

    string Pay(bool isOpen = false)
    {
        var id = $"P{++sequence}";
        var entry = new Entry(sequence, id, "requested", stamp, "{}"u8.ToArray(), new byte[32]);
        payments.Take(new(entry, 0, new(id, 7, "f" + id, isOpen, sequence, sequence)));
        return "f" + id;
    }
}
