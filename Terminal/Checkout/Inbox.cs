using System.Threading.Channels;
using Terminal.Payments;

namespace Terminal.Checkout;

/// <summary>
/// Every driver posts here. The inbox is bounded: an input that does not fit is dropped and counted, and every machine
/// survives a lost input. Inputs that come again by themselves are dropped first, so that a scanner cannot push out an
/// answer.
/// </summary>
sealed class Inbox
{
    const int Limit = 1024;

    /// <summary>Room for inputs that come only once.</summary>
    const int Reserved = Limit / 2;

    readonly Channel<LoopInput> channel = Channel.CreateBounded<LoopInput>(
        new BoundedChannelOptions(Limit) { SingleReader = true, FullMode = BoundedChannelFullMode.Wait });
    long dropped;

    public ChannelReader<LoopInput> Reader => channel.Reader;

    public long Dropped => Interlocked.Read(ref dropped);

    /// <summary>Makes the loop look for work; calling it is always safe.</summary>
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
