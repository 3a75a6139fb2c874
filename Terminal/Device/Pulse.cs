namespace Terminal.Device;

/// <summary>
/// Whether the parts of the service still move. Each part is asked regularly, through the queue that carries its work,
/// and answers when it has worked its way to the question. While all parts answer, the watchdog is fed; one stuck part
/// is enough to starve it.
/// </summary>
sealed class Pulse : IDisposable
{
    readonly ITimer? timer;
    Part[] parts = [];
    int isReady;

    /// <param name="interval">Null: there is no watchdog to feed; <see cref="Ready"/> is still called.</param>
    public Pulse(TimeProvider time, TimeSpan? interval)
    {
        if (interval is { } period)
        {
            timer = time.CreateTimer(_ => Look(), null, period, period);
        }
    }

    /// <summary>Called once, when every part has answered for the first time.</summary>
    public Action Ready { get; init; } = () => { };

    /// <summary>Called at each interval in which every part has answered.</summary>
    public Action Feed { get; init; } = () => { };

    /// <summary>
    /// Called with the name of a part that has not answered for an interval, once until it answers again.
    /// </summary>
    public Action<string> Stuck { get; init; } = _ => { };

    /// <summary>Called at the end.</summary>
    public Action Ended { get; init; } = () => { };

    /// <summary>Adds a part, before any part answers.</summary>
    /// <param name="ask">Must not block.</param>
    /// <returns>The part calls this when it has reached a question, or more often.</returns>
    public Action Watch(string name, Action ask)
    {
        var part = new Part(name, ask);
        parts = [.. parts, part];
        return () => Answer(part);
    }

    public void Dispose()
    {
        timer?.Dispose();
        Ended();
    }

    void Answer(Part part)
    {
        part.HasAnswered = true;
        if (isReady == 0 && Array.TrueForAll(parts, p => p.HasAnswered) && Interlocked.Exchange(ref isReady, 1) == 0)
        {
            Ready();
        }
    }

    void Look()
    {
        var allMove = true;
        foreach (var part in parts.Where(p => !p.HasAnswered))
        {
            allMove = false;
            if (!part.IsReported)
            {
                part.IsReported = true;
                Stuck(part.Name);
            }
        }
        if (!allMove)
        {
            return;
        }
        Feed();
        foreach (var part in parts)
        {
            part.HasAnswered = part.IsReported = false;
            part.Ask();
        }
    }

    sealed class Part(string name, Action ask)
    {
        public string Name => name;

        public volatile bool HasAnswered;

        public bool IsReported { get; set; }

        public void Ask() => ask();
    }
}
