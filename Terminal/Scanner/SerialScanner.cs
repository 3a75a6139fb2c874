using Terminal.Device;
using Terminal.Payments;

namespace Terminal.Scanner;

/// <summary>
/// The code reader on a byte line: UART, USB-CDC, or a keyboard through <see cref="EvdevLine"/>. It handles its own
/// failures: a missing reader is looked for until it is back, and a damaged scan is dropped and counted, because the
/// customer can show the code again.
/// </summary>
sealed class SerialScanner : IDisposable
{
    static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(250);
    static readonly TimeSpan LeastWait = TimeSpan.FromMilliseconds(1);
    static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(4);

    readonly Func<ISerialLine?> open;
    readonly ScanOptions options;
    readonly Clock clock;
    readonly ScanLine scans;
    readonly CancellationTokenSource stop = new();
    readonly Lock gate = new();
    Action<LoopInput> post = _ => { };
    Thread? thread;
    ITimer? idle;
    ISerialLine? line;
    long codes;
    long foreign;

    /// <param name="open">Opens the line; null if the reader is not there.</param>
    public SerialScanner(Func<ISerialLine?> open, ScanOptions options)
    {
        (this.open, this.options) = (open, options);
        (clock, scans) = (new(options.Time), new(Deliver, options.IdleGap));
    }

    public ScannerStatus Status
    {
        get
        {
            lock (gate)
            {
                return new(line is not null, codes, foreign, scans.Repeated, scans.Lost);
            }
        }
    }

    /// <summary>
    /// Reads on a thread of its own until disposed; call once. Each payment code is posted as an <see
    /// cref="Arrival.Scanned"/>; other scans are only counted.
    /// </summary>
    /// <param name="post">Must not wait.</param>
    public void Start(Action<LoopInput> post)
    {
        this.post = post;
        idle = options.Time.CreateTimer(_ => Idle(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        thread = new(Run) { IsBackground = true, Name = "scanner" };
        thread.Start();
    }

    public void Dispose()
    {
        stop.Cancel();
        lock (gate)
        {
            line?.Dispose();
        }
        thread?.Join();
        idle?.Dispose();
        stop.Dispose();
    }

    void Run()
    {
        var pause = FirstPause;
        while (!stop.IsCancellationRequested)
        {
            pause = Attach() is { } opened && Drain(opened) ? FirstPause : Longer(pause);
            Task.Delay(pause, options.Time, stop.Token)
                .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing).GetAwaiter().GetResult();
        }
    }

    static TimeSpan Longer(TimeSpan pause) => pause * 2 < LongestPause ? pause * 2 : LongestPause;

    ISerialLine? Attach()
    {
        var opened = open();
        lock (gate)
        {
            if (stop.IsCancellationRequested)
            {
                opened?.Dispose();
                return null;
            }
            return line = opened;
        }
    }

    /// <returns>True if something was read before the line was lost.</returns>
    bool Drain(ISerialLine opened)
    {
        var buffer = Pinned.Of(256);
        var any = false;
        for (var count = opened.Read(buffer); count > 0; count = opened.Read(buffer))
        {
            any = true;
            Take(buffer.AsSpan(0, count));
            Pinned.Wipe(buffer.AsSpan(0, count));
        }
        lock (gate)
        {
            line = null;
            scans.Cut();
        }
        opened.Dispose();
        return any;
    }

    void Take(ReadOnlySpan<byte> bytes)
    {
        lock (gate)
        {
            var now = clock.Now;
            foreach (var next in bytes)
            {
                scans.Take(next, now);
            }
            Arm(now);
        }
    }

    void Idle()
    {
        lock (gate)
        {
            var now = clock.Now;
            scans.Idle(now);
            Arm(now); // The timer may ring a little early.
        }
    }

    void Arm(Moment now)
    {
        if (scans.WakeAt != Moment.Never)
        {
            var due = scans.WakeAt - now;
            idle!.Change(due > LeastWait ? due : LeastWait, Timeout.InfiniteTimeSpan);
        }
    }

    void Deliver(ReadOnlySpan<byte> scan)
    {
        if (options.Codes.Classify(scan) == CodeKind.Other)
        {
            foreign++;
            return;
        }
        codes++;
        post(new Arrival.Scanned(options.Seal.Seal(scan, clock.Now)));
    }
}
