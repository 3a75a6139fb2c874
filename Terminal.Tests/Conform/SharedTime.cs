using Sandbox.Ecr;

namespace Terminal.Tests.Conform;

/// <summary>
/// A clock shared by the threads of one scripted talk. One of them runs at a time, in the order in which what they wait
/// for comes; the clock moves when all of them wait, and then to the first moment that one of them waits for. So the
/// real timers of both sides pass in no time, and always in the same way.
/// </summary>
sealed class SharedTime
{
    readonly object gate = new();
    readonly List<End> ends = [];
    readonly Queue<Turn> ready = [];
    TimeSpan now;

    /// <summary>A thread runs: at first the one that made this.</summary>
    bool isTaken = true;

    /// <summary>The line is gone: everybody runs to their end.</summary>
    bool isOver;

    /// <summary>For a talk over a real line: everybody runs at once.</summary>
    public static SharedTime Real => new() { isOver = true };

    /// <summary>Both ends of a new line.</summary>
    public (Wire One, Wire Other) Cable()
    {
        lock (gate)
        {
            var (one, other) = (new End(this), new End(this));
            (one.Far, other.Far) = (other, one);
            ends.AddRange([one, other]);
            return (one, other);
        }
    }

    /// <summary>A thread that takes part; it runs when its turn comes.</summary>
    public Task Start(Action work)
    {
        var turn = new Turn();
        lock (gate)
        {
            ready.Enqueue(turn);
        }
        return Task.Factory.StartNew(() =>
        {
            Await(turn);
            try
            {
                work();
            }
            finally
            {
                Leave();
            }
        }, TaskCreationOptions.LongRunning);
    }

    /// <summary>Lets the others run until this one is at its end.</summary>
    public void Await(Task other)
    {
        Leave();
        other.Wait();
        var turn = new Turn();
        lock (gate)
        {
            ready.Enqueue(turn);
            Next();
        }
        Await(turn);
    }

    void Leave()
    {
        lock (gate)
        {
            isTaken = false;
            Next();
        }
    }

    void Await(Turn turn)
    {
        lock (gate)
        {
            while (!turn.HasCome && !isOver)
            {
                Monitor.Wait(gate);
            }
        }
    }

    void Next()
    {
        if (!isTaken && ready.Count == 0 && ends.Min(e => e.Until) is { } first)
        {
            now = first;
            ends.Where(e => e.Until <= now).ToList().ForEach(Wake);
        }
        if (!isTaken && ready.TryDequeue(out var turn))
        {
            isTaken = turn.HasCome = true;
            Monitor.PulseAll(gate);
        }
    }

    void Wake(End end)
    {
        if (end.Until is not null)
        {
            end.Until = null;
            ready.Enqueue(end.Turn);
        }
    }

    sealed class Turn
    {
        public bool HasCome { get; set; }
    }

    sealed class End(SharedTime time) : Wire
    {
        readonly Queue<Octet> came = [];

        public End Far { get; set; } = null!;

        /// <summary>Its thread waits for a byte until then.</summary>
        public TimeSpan? Until { get; set; }

        public Turn Turn { get; private set; } = new();

        public override bool IsHungUp
        {
            get
            {
                lock (time.gate)
                {
                    return time.isOver && came.Count == 0;
                }
            }
        }

        public override TimeSpan Now
        {
            get
            {
                lock (time.gate)
                {
                    return time.now;
                }
            }
        }

        public override bool Write(ReadOnlySpan<byte> raw)
        {
            lock (time.gate)
            {
                foreach (var b in raw)
                {
                    Far.came.Enqueue(new(b, time.now));
                }
                time.Wake(Far);
                return !time.isOver;
            }
        }

        public override Octet? Read(TimeSpan limit)
        {
            lock (time.gate)
            {
                if (came.Count == 0 && !time.isOver && limit > TimeSpan.Zero)
                {
                    (Until, Turn) = (time.now + limit, new());
                    time.Leave();
                    time.Await(Turn);
                }
                return came.TryDequeue(out var octet) ? octet : null;
            }
        }

        public override void Dispose()
        {
            lock (time.gate)
            {
                time.isOver = true;
                Monitor.PulseAll(time.gate);
            }
        }
    }
}
