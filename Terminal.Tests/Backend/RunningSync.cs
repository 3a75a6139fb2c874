using Terminal.Backend;
using Terminal.Device;
using Terminal.Journal;

namespace Terminal.Tests.Backend;

/// <summary>A journal sync at work over a real broker, with short waits.</summary>
sealed class RunningSync : IAsyncDisposable
{
    public const string TerminalId = "T-1";

    static readonly TimeSpan Limit = TimeSpan.FromSeconds(120);

    static readonly SyncPolicy Hasty = new()
    {
        Window = 4,
        BatchEntries = 20,
        FirstRetry = TimeSpan.FromMilliseconds(100),
        SlowestRetry = TimeSpan.FromMilliseconds(400),
        Rewind = TimeSpan.FromMilliseconds(300),
        Kick = TimeSpan.Zero,
    };

    readonly CancellationTokenSource stop = new();
    readonly Dialer dialer = new(TimeProvider.System);
    readonly Lock gate = new();
    readonly List<(Func<SyncStatus, bool> Wanted, TaskCompletionSource Met)> waiting = [];
    readonly Task running;

    public RunningSync(IJournal journal, int port)
    {
        Sync = new(
            new(TerminalId, "b007", "1.2.3", Hasty), journal,
            tell => new MqttNetBackend(new("127.0.0.1", port, TerminalId), dialer, tell),
            new Clock(TimeProvider.System))
        {
            Report = Tell,
        };
        running = Task.Run(() => Sync.RunAsync(stop.Token));
    }

    public JournalSync Sync { get; }

    /// <summary>Waits until the status is so.</summary>
    public async Task Until(Func<SyncStatus, bool> wanted)
    {
        var met = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (gate)
        {
            if (wanted(Sync.Status))
            {
                return;
            }
            waiting.Add((wanted, met));
        }
        Task either = Task.WhenAny(met.Task, running).WaitAsync(Limit);
        await either.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        Assert.True(met.Task.IsCompleted, $"not within {Limit}: {Sync.Status}, {running.Exception?.Message}");
    }

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        await running;
        dialer.Dispose();
        stop.Dispose();
    }

    void Tell(SyncStatus status)
    {
        lock (gate)
        {
            foreach (var (_, met) in waiting.Where(w => w.Wanted(status)))
            {
                met.TrySetResult();
            }
        }
    }
}
