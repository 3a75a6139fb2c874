using System.Threading.Channels;
using Terminal.Payments;

namespace Terminal.Checkout;

/// <summary>
/// Where every driver ends. Bounded: what does not fit is dropped and counted, and every machine outlives a lost
/// input. What comes again by itself is dropped first, so that nobody's scanner pushes out an answer.
/// </summary>
sealed class Inbox
{
    const int Limit = 1024;

    /// <summary>For what is said once.</summary>
    const int Reserved = Limit / 2;

    readonly Channel<LoopInput> channel = Channel.CreateBounded<LoopInput>(
        new BoundedChannelOptions(Limit) { SingleReader = true, FullMode = BoundedChannelFullMode.Wait });
    long dropped;

    public ChannelReader<LoopInput> Reader => channel.Reader;

    public long Dropped => Interlocked.Read(ref dropped);

    /// <summary>The loop looks what there is to do; at any time, it may be nothing.</summary>
    public void Wake() => Post(new DeskInput.TimePassed());

    public void Post(LoopInput input)
    {
        var comesAgain = input is Arrival.Scanned or DeskInput.TimePassed or DeskInput.AbortAsked;
        if ((comesAgain && channel.Reader.Count >= Limit - Reserved) || !channel.Writer.TryWrite(input))
        {
            Interlocked.Increment(ref dropped);
            input.Carried?.Wipe();
        }
    }
}

static class InboxWait
{
    static readonly TimeSpan Longest = TimeSpan.FromMinutes(1);

    /// <summary>Returns when there is something to read or the time is over; throws when stopped.</summary>
    public static async Task WaitUntilAsync(
        this ChannelReader<LoopInput> inbox, TimeSpan limit, TimeProvider time, CancellationToken stop)
    {
        using var end = CancellationTokenSource.CreateLinkedTokenSource(stop);
        using var timer = time.CreateTimer(
            _ => end.Cancel(), null, limit < Longest ? limit : Longest, Timeout.InfiniteTimeSpan);
        try
        {
            await inbox.WaitToReadAsync(end.Token);
        }
        catch (OperationCanceledException) when (!stop.IsCancellationRequested)
        {
        }
    }
}
