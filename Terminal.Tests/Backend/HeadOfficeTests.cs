using System.Text.Json;
using System.Threading.Channels;
using Sandbox.Backend;
using Sandbox.Journal;
using Terminal.Backend;
using Terminal.Journal;

namespace Terminal.Tests.Backend;

/// <summary>Journal, sync, a real broker and a head office: everything arrives, in order, once.</summary>
public sealed class HeadOfficeTests : IDisposable
{
    const string Id = RunningSync.TerminalId;

    readonly MemoryJournal journal = new();
    readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("head-office-");

    public void Dispose()
    {
        journal.Dispose();
        folder.Delete(recursive: true);
    }

    [Fact]
    [Trait("kind", "instrument")]
    public async Task Every_entry_is_stored_once_and_in_order_though_broker_and_collector_are_killed_again_and_again()
    {
        using var broker = new Broker();
        broker.Start();
        await using var sync = new RunningSync(journal, broker.Port);
        for (var round = 0; round < 4; round++)
        {
            journal.Add(1250);
            sync.Sync.Nudge();
            using var collector = new CollectorProcess(broker.Port, folder.FullName);
            collector.WaitFor((round * 1250) + 200);
            if (round % 2 == 0)
            {
                broker.Kill();
                broker.Start();
                collector.WaitFor((round * 1250) + 600);
            }
        }
        using (new CollectorProcess(broker.Port, folder.FullName))
        {
            await sync.Until(s => s.Backlog == 0);
        }

        using var archive = new Archive(folder.FullName);
        Equal(journal.Read(1, 5000), archive.Of(Id, journal.Epoch));
    }

    [Fact]
    public async Task Lost_acknowledgements_cost_repetition_only()
    {
        var repeated = new TaskCompletionSource();
        using var broker = new Broker();
        broker.Start();
        using var archive = new Archive(folder.FullName);
        using var collector = new Collector(broker.Port, archive);
        collector.Acknowledging = ack =>
        {
            if (archive.Repeated == 0)
            {
                return null;
            }
            repeated.TrySetResult();
            return ack;
        };
        await StartAsync(collector);
        journal.Add(300);
        await using var sync = new RunningSync(journal, broker.Port);

        await sync.Until(s => s.Backlog == 0);

        Assert.True(repeated.Task.IsCompleted);
        Equal(journal.Read(1, 300), archive.Of(Id, journal.Epoch));
        Assert.Empty(archive.Quarantine);
    }

    [Fact]
    public async Task Forged_acknowledgements_move_nothing()
    {
        using var broker = new Broker();
        broker.Start();
        using var archive = new Archive(folder.FullName);
        using var collector = new Collector(broker.Port, archive);
        var honest = false;
        collector.Acknowledging = ack => Volatile.Read(ref honest) ? ack
            : ack.Upto % 40 == 0 ? ack with { Epoch = "00000000000000e2" }
            : ack with { Hash = new byte[32] };
        await StartAsync(collector);
        journal.Add(110);
        await using var sync = new RunningSync(journal, broker.Port);

        await sync.Until(s => s.Trouble == Trouble.ForeignJournal);
        Assert.Equal(110, sync.Sync.Status.Backlog);
        Volatile.Write(ref honest, true);
        await sync.Until(s => s.Backlog == 0);

        Equal(journal.Read(1, 110), archive.Of(Id, journal.Epoch));
    }

    [Fact]
    public async Task A_terminal_that_forgot_its_cursor_learns_it_from_the_answer_to_its_hello()
    {
        using var broker = new Broker();
        broker.Start();
        using var archive = new Archive(folder.FullName);
        using var collector = new Collector(broker.Port, archive);
        await StartAsync(collector);
        journal.Add(100);
        await using (var first = new RunningSync(journal, broker.Port))
        {
            await first.Until(s => s.Backlog == 0);
        }
        Assert.Equal(100, journal.Acknowledged);
        using var restored = new MemoryJournal();
        restored.Append(journal.Read(1, 100), []);

        await using var second = new RunningSync(restored, broker.Port);
        await second.Until(s => s.Connected && s.Backlog == 0);

        Equal(journal.Read(1, 100), archive.Of(Id, journal.Epoch));
    }

    [Fact]
    public async Task A_journal_of_a_new_epoch_is_another_journal()
    {
        using var broker = new Broker();
        broker.Start();
        using var archive = new Archive(folder.FullName);
        using var collector = new Collector(broker.Port, archive);
        await StartAsync(collector);
        using var other = new MemoryJournal("00000000000000e2");
        journal.Add(30);
        other.Add(20);
        foreach (var one in new[] { journal, other })
        {
            await using var sync = new RunningSync(one, broker.Port);
            await sync.Until(s => s.Connected && s.Backlog == 0);
        }

        Equal(journal.Read(1, 30), archive.Of(Id, journal.Epoch));
        Equal(other.Read(1, 20), archive.Of(Id, other.Epoch));
    }

    [Fact]
    public async Task The_status_is_retained_while_online_and_turned_by_the_will()
    {
        using var broker = new Broker();
        broker.Start();
        var heard = Channel.CreateUnbounded<string>();
        using var archive = new Archive(folder.FullName);
        using var collector = new Collector(broker.Port, archive)
        {
            StatusHeard = (id, status) => heard.Writer.TryWrite(id + " " + Online(status)),
        };
        await using (var sync = new RunningSync(journal, broker.Port))
        {
            await sync.Until(s => s.Connected);
            await StartAsync(collector);
            Assert.Equal("T-1 True", await Next(heard));
        }

        Assert.Equal("T-1 False", await Next(heard));
    }

    [Fact]
    public async Task A_broker_that_does_not_know_the_terminal_is_reported_as_that()
    {
        using var broker = new Broker("allow_anonymous false");
        broker.Start();
        journal.Add(5);
        await using var sync = new RunningSync(journal, broker.Port);

        await sync.Until(s => s.Trouble == Trouble.Credentials);

        Assert.Equal(5, sync.Sync.Status.Backlog);
    }

    [Fact]
    public async Task A_broker_with_packets_too_short_for_an_entry_is_reported_as_that_and_nothing_is_skipped()
    {
        using var broker = new Broker("max_packet_size 3000");
        broker.Start();
        using var archive = new Archive(folder.FullName);
        using var collector = new Collector(broker.Port, archive);
        await StartAsync(collector);
        journal.Add(1, 20);
        journal.Add(1, 4000);
        journal.Add(1, 20);
        await using var sync = new RunningSync(journal, broker.Port);

        await sync.Until(s => s.Trouble == Trouble.PacketLimit);

        Assert.InRange(archive.Of(Id, journal.Epoch).Count, 0, 1);
    }

    static async Task StartAsync(Collector collector)
    {
        collector.Start();
        await collector.Listening.WaitAsync(TimeSpan.FromSeconds(30));
    }

    static async Task<string> Next(Channel<string> heard) =>
        await heard.Reader.ReadAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(30));

    static bool Online(byte[] status)
    {
        using var document = JsonDocument.Parse(status);
        return document.RootElement.GetProperty("online").GetBoolean();
    }

    static void Equal(IReadOnlyList<Entry> written, IReadOnlyList<Entry> stored)
    {
        Assert.Equal(written.Select(e => e.Sequence), stored.Select(e => e.Sequence));
        Assert.Equal(written.Select(e => Convert.ToHexString(e.Hash)), stored.Select(e => Convert.ToHexString(e.Hash)));
        Assert.Equal(written.Select(e => Convert.ToHexString(e.Body)), stored.Select(e => Convert.ToHexString(e.Body)));
    }
}
