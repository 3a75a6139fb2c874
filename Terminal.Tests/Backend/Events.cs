using System.Collections.Concurrent;
using Terminal.Backend;

namespace Terminal.Tests.Backend;

/// <summary>What a connection told, in order.</summary>
sealed class Events
{
    static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    readonly BlockingCollection<BackendEvent> queue = [];

    public BackendEvent.Opened? Opened { get; set; }

    public int Waiting => queue.Count;

    public void Add(BackendEvent happened) => queue.Add(happened);

    public BackendEvent Any()
    {
        Assert.True(queue.TryTake(out var happened, Limit), "nothing happened");
        return happened;
    }

    /// <summary>Such an event if there is one within some milliseconds; others before it are passed over.</summary>
    public T? Has<T>()
        where T : BackendEvent
    {
        while (queue.TryTake(out var happened, TimeSpan.FromMilliseconds(5)))
        {
            if (happened is T wanted)
            {
                return wanted;
            }
        }
        return null;
    }

    /// <summary>The next event of this kind; others before it are passed over.</summary>
    public T Next<T>()
        where T : BackendEvent
    {
        while (queue.TryTake(out var happened, Limit))
        {
            if (happened is T wanted)
            {
                return wanted;
            }
            Assert.False(happened is BackendEvent.Ended, $"ended: {happened}");
        }
        Assert.Fail($"no {typeof(T).Name} within {Limit}");
        return null!;
    }
}
