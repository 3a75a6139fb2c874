using Serilog;
using Terminal.Panel.Cues;
using Terminal.Panel.Words;

namespace Terminal.Panel.Devices;

/// <summary>
/// A device that shows cues in its own time. Only the newest cue counts. A failure is reported once, and the device is
/// opened again every 10 s until it answers.
/// </summary>
abstract class PanelDevice : IPanel
{
    static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(10);
    static readonly TimeSpan LongestTurn = TimeSpan.FromSeconds(2);

    // By then every tone is over, and the lamp of a fault is lit.
    static readonly TimeSpan Settled = TimeSpan.FromSeconds(2);

    readonly Lock gate = new();
    readonly ILogger log;
    readonly TimeProvider time;
    readonly ITimer timer;
    Cue? newest;
    long shownAt;
    bool busy;
    volatile bool failed;
    bool closed;
    bool left;

    protected PanelDevice(string name, ILogger log, TimeProvider time)
    {
        Name = name;
        this.log = log;
        this.time = time;
        timer = time.CreateTimer(_ => Turn(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    public bool HasFailed => failed;

    /// <summary>The device's name in the log.</summary>
    protected string Name { get; }

    public void Show(Cue cue)
    {
        lock (gate)
        {
            if (newest is null || !newest.SaysTheSameAs(cue))
            {
                shownAt = time.GetTimestamp();
            }
            newest = cue;
            if (!busy && !failed && !closed)
            {
                timer.Change(TimeSpan.Zero, Timeout.InfiniteTimeSpan);
            }
        }
    }

    public void Leave(Cue cue)
    {
        lock (gate)
        {
            closed = left = true;
        }
        // A drawing still under way would end later and overwrite the last cue.
        if (timer.DisposeAsync().AsTask().Wait(LongestTurn))
        {
            Try(() => Present(cue, Settled));
            Try(() => Release(keep: true));
        }
    }

    public void Dispose()
    {
        lock (gate)
        {
            closed = true;
            timer.Dispose();
            if (!busy && !left)
            {
                Try(() => Release(keep: false));
            }
        }
        GC.SuppressFinalize(this);
    }

    /// <summary>Opens the device if needed and shows the cue. Throws <see cref="IOException"/> on failure.</summary>
    /// <param name="since">How long the cue has been up.</param>
    protected abstract void Present(Cue cue, TimeSpan since);

    /// <summary>Releases the device. May throw like <see cref="Present"/>.</summary>
    /// <param name="keep">The device keeps what it shows; otherwise it goes quiet, if it still answers.</param>
    protected abstract void Release(bool keep);

    /// <summary>
    /// When the device needs <see cref="Present"/> again for the same cue, counted from the same start as <paramref
    /// name="since"/>.
    /// </summary>
    protected virtual TimeSpan? NextChange(Cue cue, TimeSpan since) => null;

    void Turn()
    {
        Cue cue;
        TimeSpan since;
        lock (gate)
        {
            if (busy || closed || newest is null)
            {
                return;
            }
            busy = true;
            cue = newest;
            since = time.GetElapsedTime(shownAt);
        }
        var problem = Try(() => Present(cue, since));
        lock (gate)
        {
            busy = false;
            Report(problem);
            if ((closed && !left) || problem is not null)
            {
                Try(() => Release(keep: false));
            }
            if (!closed)
            {
                timer.Change(Pause(cue, since), Timeout.InfiniteTimeSpan);
            }
        }
    }

    /// <summary>Why the device failed; null if it did not.</summary>
    static string? Try(Action action)
    {
        try
        {
            action();
            return null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return e.Message;
        }
    }

    void Report(string? problem)
    {
        if (problem is not null && !failed)
        {
            log.Warning("{Code} panel {Device}: {Problem}", FieldCodes.PanelAway.Code, Name, problem);
        }
        else if (problem is null && failed)
        {
            log.Information("panel {Device}: back", Name);
        }
        failed = problem is not null;
    }

    TimeSpan Pause(Cue cue, TimeSpan since)
    {
        if (failed)
        {
            return RetryAfter;
        }
        if (!ReferenceEquals(cue, newest))
        {
            return TimeSpan.Zero;
        }
        if (NextChange(cue, since) is not { } next)
        {
            return Timeout.InfiniteTimeSpan;
        }
        var pause = next - time.GetElapsedTime(shownAt);
        return pause > TimeSpan.Zero ? pause : TimeSpan.Zero;
    }
}
