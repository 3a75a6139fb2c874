using Sandbox.Conform;

namespace Terminal.Tests.Conform;

/// <summary>
/// A clock shared by the threads of one scripted talk. It moves when all of them wait, and then to the first moment
/// that one of them waits for: the real timers of both sides, in no time.
/// </summary>
sealed class SharedTime
{
    readonly object gate = new();
    readonly List<End> ends = [];
    TimeSpan now;

    /// <summary>Threads that are not waiting at an end. One of them made this.</summary>
    int running = 1;

    /// <summary>Both ends of a new line.</summary>
    public (IWire One, IWire Other) Cable()
    {
        lock (gate)
        {
            var (one, other) = (new End(this), new End(this));
            (one.Far, other.Far) = (other, one);
            ends.AddRange([one, other]);
            return (one, other);
        }
    }

    /// <summary>One more thread takes part, from before it starts.</summary>
    public void Join()
    {
        lock (gate)
        {
            running++;
        }
    }

    /// <summary>This thread does nothing more here, or waits for something else than time.</summary>
    public void Leave()
    {
        lock (gate)
        {
            running--;
            MoveOn();
        }
    }

    /// <summary>Waits for another thread of this talk.</summary>
    public void Await(Task other)
    {
        Leave();
        other.Wait();
        Join();
    }

    void MoveOn()
    {
        if (running == 0 && ends.Min(e => e.Until) is { } first)
        {
            now = first;
            ends.Where(e => e.Until <= now).ToList().ForEach(Wake);
        }
    }

    void Wake(End end)
    {
        if (end.Until is not null)
        {
            end.Until = null;
            running++;
            Monitor.PulseAll(gate);
        }
    }

    sealed class End(SharedTime time) : IWire
    {
        readonly Queue<Octet> came = [];
        bool isClosed;

        public End Far { get; set; } = null!;

        /// <summary>Its thread waits for a byte until then.</summary>
        public TimeSpan? Until { get; set; }

        public bool IsHungUp
        {
            get
            {
                lock (time.gate)
                {
                    return isClosed && came.Count == 0;
                }
            }
        }

        public TimeSpan Now
        {
            get
            {
                lock (time.gate)
                {
                    return time.now;
                }
            }
        }

        public bool Write(ReadOnlySpan<byte> raw)
        {
            lock (time.gate)
            {
                foreach (var b in raw)
                {
                    Far.came.Enqueue(new(b, time.now));
                }
                time.Wake(Far);
                return !isClosed;
            }
        }

        public Octet? Read(TimeSpan limit)
        {
            lock (time.gate)
            {
                if (came.Count == 0 && !isClosed && limit > TimeSpan.Zero)
                {
                    Until = time.now + limit;
                    time.running--;
                    time.MoveOn();
                    while (Until is not null)
                    {
                        Monitor.Wait(time.gate);
                    }
                }
                return came.TryDequeue(out var octet) ? octet : null;
            }
        }

        public void Dispose()
        {
            lock (time.gate)
            {
                foreach (var end in (End[])[this, Far])
                {
                    end.isClosed = true;
                    time.Wake(end);
                }
            }
        }
    }
}
