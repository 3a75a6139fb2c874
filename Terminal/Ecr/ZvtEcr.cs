using System.Threading.Channels;
using Terminal.Checkout;
using Terminal.Device;
using Terminal.Ecr.Blocks;
using Terminal.Ecr.Session;
using Terminal.Payments;
using Terminal.Scanner;

namespace Terminal.Ecr;

/// <summary>
/// A cash register that speaks ZVT over a serial line or TCP. One loop owns the session; calls, bytes and time reach it
/// through one bounded queue. A missing line is opened again and again.
/// </summary>
sealed class ZvtEcr(EcrSettings settings, CodeSeal seal, EcrPorts ports, TimeProvider time) : IEcr
{
    /// <summary>The desk has only a few calls under way, and the line one chunk of bytes.</summary>
    const int Limit = 256;

    static readonly TimeSpan[] Pauses = [.. new[] { 0.5, 1, 2, 5 }.Select(TimeSpan.FromSeconds)];

    /// <summary>A line that lasted this long was not just a loose contact.</summary>
    static readonly TimeSpan Steady = TimeSpan.FromSeconds(10);

    readonly Channel<Action<Moment>> work = Channel.CreateBounded<Action<Moment>>(
        new BoundedChannelOptions(Limit) { SingleReader = true });
    readonly EcrSession session = new(settings, seal, ports.IsOutOfOrder, ports.Bar);
    readonly Clock clock = new(time);
    readonly PresenceWatch presence = new(settings.Presence);
    ISerialLine? line;
    ChosenRate? chosen;
    Moment openedAt, openAt, heardAt;
    int failures;
    int baud = settings.Baud;
    string said = "";
    volatile bool isStopped;

    /// <summary>Called whenever the queue has been worked off: the link is alive.</summary>
    public Action? Alive { get; init; }

    public void Approve(Durable offered, Effect.Offer offer) => Do(now => session.Offer(offer, now));

    public void Tell(Effect.Offer offer) => Do(now => session.Offer(offer, now));

    public void Complete(Durable acknowledged, Effect.Complete complete) => Do(now => session.Complete(complete, now));

    public void Close(Effect.Close close) => Do(now => session.Close(close, now));

    public void Refuse(Refusal refusal) => Do(now => session.Refuse(refusal, now));

    public void Report(Effect.Report report) => Do(now => session.Report(report, now));

    public void Show(Effect.Progress progress) => Do(now => session.Show(progress, now));

    /// <summary>A line can be opened, or another ECR waits for the one in use: open without delay.</summary>
    public void OpenNow() => work.Writer.TryWrite(now => openAt = now);

    /// <summary>Makes the loop look for work; may be called at any time.</summary>
    public void Wake() => work.Writer.TryWrite(_ => { });

    /// <summary>Serves the ECR until stopped; later input is ignored.</summary>
    public async Task RunAsync(CancellationToken stop)
    {
        await using var timer = time.CreateTimer(
            _ => work.Writer.TryWrite(_ => { }), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        try
        {
            do
            {
                while (work.Reader.TryRead(out var next))
                {
                    Step(next);
                }
                Step(_ => { });
                Alive?.Invoke();
                timer.Change(UntilWake(), Timeout.InfiniteTimeSpan);
            }
            while (await work.Reader.WaitToReadAsync(stop));
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
        }
        finally
        {
            isStopped = true;
            var last = line;
            line = null;
            work.Writer.TryComplete();
            last?.Dispose();
            while (work.Reader.TryRead(out var rest))
            {
                rest(clock.Now);
            }
        }
    }

    /// <summary>When a silent ECR loses the line to another one that waits for it.</summary>
    Moment GiveWayAt => session.IsIdle && ports.Patience() is { } patience ? heardAt + patience : Moment.Never;

    string AwayWords => $"shows no till: {settings.Presence.ToString().ToUpperInvariant()} is low";

    void Do(Action<Moment> call)
    {
        if (!work.Writer.TryWrite(call) && !isStopped)
        {
            throw new InvalidOperationException($"more than {Limit} calls wait for the ECR link");
        }
    }

    void Step(Action<Moment> next)
    {
        next(clock.Now);
        var now = clock.Now;
        if (chosen?.IsLost(now) == true)
        {
            Reopen(settings.Baud, now);
        }
        if (line is not null && now >= GiveWayAt)
        {
            Drop(now, "makes way for the next");
        }
        if (line is not null && presence.IsLost(line, now))
        {
            Drop(now, AwayWords);
        }
        if (line is null && now >= openAt)
        {
            Open(now);
        }
        session.TimePassed(now);
        while (session.TryTake(out var output))
        {
            switch (output)
            {
                case SessionOutput.Write e when line is not null && !line.Write(e.Bytes): Drop(now); break;
                case SessionOutput.Post e: ports.Post(e.Input); break;
                case SessionOutput.Display e: ports.Display(e.Text); break;
                case SessionOutput.Reopen e: Reopen(e.Baud, now); break;
                case SessionOutput.WrongPassword: Suspect(now); break;
                case SessionOutput.HangUp when line is not null: Drop(now, "stopped in the middle of a message"); break;
            }
        }
    }

    TimeSpan UntilWake()
    {
        var wake = Moment.Earliest(session.WakeAt, line is null ? openAt
            : Moment.Earliest(Moment.Earliest(GiveWayAt, presence.WakeAt), chosen?.WakeAt ?? Moment.Never));
        var now = clock.Now;
        // Timers count whole milliseconds; a timer that rings early would only be set again.
        return wake == Moment.Never ? Timeout.InfiniteTimeSpan
            : TimeSpan.FromMilliseconds(Math.Ceiling(Math.Max((wake - now).TotalMilliseconds, 0)));
    }

    void Open(Moment now)
    {
        var (opened, problem) = ports.Open(baud);
        if (opened is { ShowsTill: false })
        {
            opened.Dispose();
            (opened, problem) = (null, $"{settings.Place} {AwayWords}");
        }
        if (opened is null)
        {
            // A rate that was asked for holds for one opening. The next line begins with the rate in the settings.
            baud = settings.Baud;
            Say(false, $"line down: {problem}");
            openAt = now + Pauses[Math.Min(failures++, Pauses.Length - 1)];
            return;
        }
        (line, openedAt, heardAt) = (opened, now, now);
        chosen = baud == settings.Baud ? null : new(settings.Timers, now);
        Say(true, $"line up: {settings.Place}");
        presence.Begin(now);
        session.LineUp();
        new Thread(() => Listen(opened)) { IsBackground = true, Name = "ECR line" }.Start();
    }

    /// <summary>
    /// Opens the line at another rate at once. If that fails or nobody is understood there, the line goes back.
    /// </summary>
    void Reopen(int rate, Moment now)
    {
        line?.Dispose();
        (line, baud, openAt, chosen) = (null, rate, now, null);
        session.LineDown(now);
    }

    /// <summary>Over TCP each guess costs a connection, and the address must wait for the next.</summary>
    void Suspect(Moment now)
    {
        ports.WrongPassword();
        if (settings.Tcp is not null && line is not null)
        {
            Drop(now, "sent a wrong password");
        }
    }

    void Drop(Moment now, string why = "is gone")
    {
        line!.Dispose();
        (line, baud, chosen) = (null, settings.Baud, null);
        failures = now - openedAt >= Steady ? 0 : failures + 1;
        openAt = now + Pauses[Math.Min(failures, Pauses.Length - 1)];
        Say(false, $"line down: {settings.Place} {why}");
        session.LineDown(now);
    }

    /// <summary>Reads one line to its end, a chunk at a time. What is not taken yet stays with the kernel.</summary>
    void Listen(ISerialLine from)
    {
        using var taken = new SemaphoreSlim(0);
        var buffer = Pinned.Of(512);
        int count;
        do
        {
            count = from.Read(buffer);
            Pass(now =>
            {
                var bytes = buffer.AsSpan(0, count);
                if (ReferenceEquals(from, line) && count > 0)
                {
                    heardAt = now;
                    chosen?.Feed(bytes, now);
                    session.Feed(bytes, now);
                }
                else if (ReferenceEquals(from, line))
                {
                    Drop(now);
                }
                Pinned.Wipe(bytes);
                taken.Release();
            });
            taken.Wait();
        }
        while (count > 0);
    }

    /// <summary>Waits for room in the queue. After the stop nobody reads the queue, so the call is made here.</summary>
    void Pass(Action<Moment> next)
    {
        while (!work.Writer.TryWrite(next))
        {
            if (!work.Writer.WaitToWriteAsync().AsTask().GetAwaiter().GetResult())
            {
                next(clock.Now);
                return;
            }
        }
    }

    void Say(bool isUp, string text)
    {
        if (text != said)
        {
            ports.Report(isUp, said = text);
        }
    }
}
