using System.Collections.Concurrent;
using Terminal.Device;
using Terminal.Ecr;
using Terminal.Ecr.Blocks;
using Terminal.Payments;
using Terminal.Scanner;

namespace Terminal.Tests.Ecr.Blocks;

/// <summary>A rate that the till chose is given up when the till is not understood at it.</summary>
public sealed class ChosenRateTests
{
    static readonly EcrTimers Timers = new();

    /// <summary>What a block sent at 9600 baud looks like at 115200.</summary>
    static readonly byte[] Garbled = new byte[20];

    static readonly byte[] Block = Frame.Encode(Hex.Bytes("060000"));

    readonly ChosenRate rate = new(Timers, default);

    [Fact]
    public void Without_a_first_block_it_ends_after_30_s()
    {
        rate.Feed([Frame.Ack], At(1));
        Assert.False(rate.IsLost(At(29.9)));
        Assert.Equal(At(30), rate.WakeAt);
        Assert.True(rate.IsLost(At(30)));
    }

    [Fact]
    public void One_good_block_proves_it_for_as_long_as_the_line_is_quiet()
    {
        rate.Feed(Block.AsSpan(..4), At(1));
        rate.Feed(Block.AsSpan(4..), At(1.1));
        Assert.Equal(Moment.Never, rate.WakeAt);
    }

    [Fact]
    public void A_till_that_restarts_at_its_first_rate_is_heard_again_after_three_sends()
    {
        rate.Feed(Block, At(1));
        rate.Feed(Garbled, At(1000));
        rate.Feed(Garbled, At(1000.1));
        rate.Feed(Garbled, At(1005));
        Assert.Equal(Moment.Never, rate.WakeAt);
        rate.Feed(Garbled, At(1010));
        Assert.False(rate.IsLost(At(1010.1)));
        Assert.True(rate.IsLost(At(1010.2)));
    }

    [Fact]
    public void Acknowledgements_and_single_disturbances_end_nothing()
    {
        rate.Feed(Block, At(1));
        for (var i = 1; i < 10; i++)
        {
            rate.Feed([Frame.Ack], At(10 * i));
            rate.Feed(Garbled, At(1000 * i));
        }
        rate.Feed(Garbled, At(9005));
        rate.Feed([.. Garbled, .. Block], At(9010));
        rate.Feed(Garbled, At(9011));
        rate.Feed(Garbled, At(9012));
        Assert.Equal(Moment.Never, rate.WakeAt);
    }

    [Fact]
    public async Task The_line_goes_back_to_the_rate_of_the_settings()
    {
        using var rates = new BlockingCollection<int>();
        using var stop = new CancellationTokenSource();
        var opened = 0;
        var settings = new EcrSettings { Timers = Timers with { AckGap = TimeSpan.Zero, NewRate = TimeSpan.Zero } };
        var order = Frame.Encode(Hex.Bytes("08400107"));
        var ports = new EcrPorts(
            baud =>
            {
                rates.Add(baud);
                return new(new OneOrderLine(Interlocked.Increment(ref opened) == 1 ? order : []), "");
            },
            _ => { }, (_, _) => { });
        var running = new ZvtEcr(settings, new CodeSeal(new byte[32]), ports, TimeProvider.System).RunAsync(stop.Token);

        int[] taken = [Take(rates), Take(rates), Take(rates)];
        await stop.CancelAsync();
        await running;

        Assert.Equal([9600, 115200, 9600], taken);
    }

    static Moment At(double seconds) => default(Moment) + TimeSpan.FromSeconds(seconds);

    static int Take(BlockingCollection<int> from) =>
        from.TryTake(out var item, TimeSpan.FromMinutes(1)) ? item : throw new TimeoutException("nothing came");

    /// <summary>Gives one block, acknowledges whatever is written, and is silent otherwise.</summary>
    sealed class OneOrderLine(byte[] order) : ISerialLine
    {
        readonly BlockingCollection<byte[]> incoming = order.Length > 0 ? [order] : [];

        public int Read(Span<byte> buffer)
        {
            if (!incoming.TryTake(out var bytes, Timeout.Infinite))
            {
                return 0;
            }
            bytes.CopyTo(buffer);
            return bytes.Length;
        }

        public bool Write(ReadOnlySpan<byte> bytes)
        {
            if (bytes.Length > 1)
            {
                incoming.Add([Frame.Ack]);
            }
            return true;
        }

        public void Dispose() => incoming.CompleteAdding();
    }
}
