using System.Threading.Channels;
using Terminal.Backend;
using Terminal.Device;

namespace Sandbox.Backend;

/// <summary>
/// The head office's end: takes journals from the broker, stores them, and only then acknowledges. It connects again by
/// itself. Everything it knows is in its archive.
/// </summary>
sealed class Collector(int port, Archive archive) : IDisposable
{
    const int MostAtOnce = 200;

    static readonly TimeSpan Again = TimeSpan.FromMilliseconds(200);

    readonly CancellationTokenSource stop = new();
    readonly Channel<BackendEvent> inbox = Channel.CreateBounded<BackendEvent>(2000);
    readonly TaskCompletionSource listening = new(TaskCreationOptions.RunContinuationsAsynchronously);
    Task? running;

    public Archive Archive => archive;

    /// <summary>Told what is retained about terminals and what they publish of themselves.</summary>
    public Action<string, byte[]> StatusHeard { get; init; } = (_, _) => { };

    /// <summary>Withholds or forges what is about to be acknowledged; null: no acknowledgement at all.</summary>
    public Func<Ack, Ack?> Acknowledging { get; set; } = ack => ack;

    /// <summary>Completed once it is subscribed for the first time.</summary>
    public Task Listening => listening.Task;

    public void Start() => running = Task.Run(RunAsync);

    /// <summary>Fails if the collector failed.</summary>
    public void Dispose()
    {
        stop.Cancel();
        running?.GetAwaiter().GetResult();
        archive.Dispose();
        stop.Dispose();
    }

    async Task RunAsync()
    {
        using var dialer = new Dialer(TimeProvider.System);
        while (!stop.IsCancellationRequested)
        {
            var settings = new BackendSettings("127.0.0.1", port, $"collector-{Environment.ProcessId}");
            using (var link = new MqttNetBackend(settings, dialer, Put))
            {
                link.Open(null);
                await ServeAsync(link);
            }
            stop.Token.WaitHandle.WaitOne(Again);
        }
    }

    /// <summary>
    /// On the connection's thread. What does not fit is lost, as on any network: it is not acknowledged.
    /// </summary>
    void Put(BackendEvent happened)
    {
        if (!inbox.Writer.TryWrite(happened) && happened is not BackendEvent.Received)
        {
            throw new InvalidOperationException("the collector's inbox overflowed");
        }
    }

    /// <summary>Until the connection ends.</summary>
    async Task ServeAsync(MqttNetBackend link)
    {
        var journals = new HashSet<(string TerminalId, string Epoch)>();
        while (true)
        {
            journals.Clear();
            try
            {
                await inbox.Reader.WaitToReadAsync(stop.Token);
            }
            catch (OperationCanceledException)
            {
                return;
            }
            for (var i = 0; i < MostAtOnce && inbox.Reader.TryRead(out var happened); i++)
            {
                if (happened is BackendEvent.Ended)
                {
                    return;
                }
                Take(happened, link, journals);
            }
            archive.Commit();
            foreach (var (terminalId, epoch) in journals)
            {
                Acknowledge(link, terminalId, epoch);
            }
        }
    }

    void Take(BackendEvent happened, MqttNetBackend link, HashSet<(string, string)> journals)
    {
        switch (happened)
        {
            case BackendEvent.Opened:
                foreach (var topic in OfficeText.Subscriptions)
                {
                    link.Subscribe(topic);
                }
                break;
            case BackendEvent.Subscribed { Code: < ReasonCode.Refused }:
                listening.TrySetResult();
                break;
            case BackendEvent.Received(var topic, var payload) when OfficeText.Split(topic) is var (id, kind):
                if (kind == "status")
                {
                    StatusHeard(id, payload);
                }
                else if (kind == "hello" && Delivered.ParseHello(payload) is { } epoch)
                {
                    journals.Add((id, epoch));
                }
                else if (kind == "journal" && Delivered.Parse(payload) is { } batch && batch.TerminalId == id)
                {
                    archive.Add(batch);
                    journals.Add((id, batch.Epoch));
                }
                break;
            default:
                break;
        }
    }

    void Acknowledge(MqttNetBackend link, string terminalId, string epoch)
    {
        if (Acknowledging(archive.Acknowledgement(terminalId, epoch)) is { } ack)
        {
            link.Publish(0, new(OfficeText.AckTopic(terminalId), ack.Write()));
        }
    }
}
