using Terminal.Backend;
using Terminal.Payments;

namespace Terminal.Tests.Backend;

/// <summary>The outbox against a bad network: lines break, brokers refuse and forget, collectors restart.</summary>
public sealed class OutboxSimulationTests
{
    const string Epoch = "00000000000000e1";
    const long Total = 3000;

    static readonly SyncPolicy Policy = new();

    [Fact]
    public void Every_entry_is_stored_whatever_the_network_does_as_long_as_it_ends()
    {
        for (var seed = 1; seed <= 200; seed++)
        {
            var world = new World(seed);

            var steps = world.Run();

            Assert.True(world.Stored == Total && world.Outbox.Acknowledged == Total,
                $"seed {seed}: stored {world.Stored}, acknowledged {world.Outbox.Acknowledged} after {steps} steps");
        }
    }

    static byte[] HashOf(long sequence) => BitConverter.GetBytes(sequence);

    sealed class World(int seed)
    {
        const int BadSteps = 1500;
        const int MostSteps = 6000;

        readonly Random random = new(seed);
        readonly Queue<Batch> flying = [];
        readonly SortedSet<long> early = [];
        Moment now;
        bool connected;
        bool bad = true;

        public Outbox Outbox { get; } = new(Policy, Epoch, 0);

        /// <summary>The head office has 1 to this.</summary>
        public long Stored { get; private set; }

        public int Run()
        {
            for (var step = 0; step < MostSteps; step++)
            {
                bad = step < BadSteps;
                if (!bad && Outbox.Acknowledged == Total)
                {
                    return step;
                }
                Connect();
                Send();
                Carry();
                Assert.InRange(Outbox.Acknowledged, 0, Stored);
            }
            return MostSteps;
        }

        void Connect()
        {
            if (connected && bad && random.Next(40) == 0)
            {
                Break();
            }
            if (!connected)
            {
                now += TimeSpan.FromSeconds(random.Next(10));
                Outbox.Connected(random.Next(1, 30), now);
                connected = true;
                Acknowledge();
            }
        }

        void Send()
        {
            var newest = Math.Min(Total, bad ? (now.Ticks / TimeSpan.TicksPerSecond) + 500 : Total);
            switch (Outbox.Next(newest, now))
            {
                case OutboxStep.Publish(var from, var most):
                    Assert.InRange(from, 1, newest);
                    Assert.InRange(most, 1, Policy.BatchEntries);
                    var to = from + random.Next(1, most + 1) - 1;
                    Assert.InRange(to, from, Outbox.Acknowledged + Policy.UnacknowledgedEntries);
                    flying.Enqueue(new(Outbox.Sent(from, to, now), from, to));
                    Assert.InRange(flying.Count, 1, Policy.Window);
                    break;
                case OutboxStep.Wait(var until) when flying.Count == 0:
                    now = until == Moment.Never ? now + TimeSpan.FromSeconds(1) : until;
                    break;
                case OutboxStep.Drop:
                    Break();
                    break;
                default:
                    now += TimeSpan.FromMilliseconds(10);
                    break;
            }
        }

        /// <summary>
        /// The broker answers, and delivers what it took or forgets it; the head office stores and acknowledges.
        /// </summary>
        void Carry()
        {
            if (flying.Count == 0 || random.Next(3) == 0)
            {
                return;
            }
            var batch = flying.Dequeue();
            var code = !bad ? 0 : random.Next(20) switch { 0 => 0x97, 1 => 0x10, 2 => 0x80, _ => 0 };
            var delivered = code < ReasonCode.Refused && !(bad && random.Next(5) == 0);
            Outbox.Published(batch.Token, code, now);
            if (delivered)
            {
                for (var sequence = batch.From; sequence <= batch.To; sequence++)
                {
                    early.Add(sequence);
                }
                while (early.Remove(Stored + 1))
                {
                    Stored++;
                }
                early.RemoveWhere(s => s <= Stored);
                Acknowledge();
            }
        }

        void Acknowledge()
        {
            if (bad && random.Next(4) == 0)
            {
                return;
            }
            EntryRange[] need = early.Count == 0 ? [] : [new(Stored + 1, early.Min - 1)];
            var hash = bad && random.Next(10) == 0 ? HashOf(-1) : HashOf(Stored);
            Outbox.Heard(new(Epoch, Stored, hash, need), HashOf(Stored), now);
        }

        void Break()
        {
            connected = false;
            flying.Clear();
            Outbox.Disconnected();
            if (random.Next(2) == 0)
            {
                // The collector restarted: what it held in memory is gone.
                early.Clear();
            }
        }

        readonly record struct Batch(int Token, long From, long To);
    }
}
