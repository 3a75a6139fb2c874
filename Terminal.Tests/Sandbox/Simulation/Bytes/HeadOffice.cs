using Sandbox.Backend;
using Terminal.Backend;
using Terminal.Journal;

namespace Sandbox.Simulation.Bytes;

/// <summary>
/// Broker and collector of the head office: take connections, store entries in order, acknowledge what is stored; and
/// lose, repeat and reorder messages, crash, or come back with an older state, as the mix says.
/// </summary>
sealed class HeadOffice
{
    static readonly TimeSpan AskAgain = TimeSpan.FromSeconds(30);

    readonly World world;
    readonly List<Entry> stored = [];
    readonly SortedDictionary<long, Entry> early = [];
    Action<BackendEvent>? deliver;
    Action? hangUp;
    long announced;

    public HeadOffice(World world)
    {
        this.world = world;
        world.Agenda.After(AskAgain, Remind);
    }

    /// <summary>What the head office took for news; counting an entry twice would be a sale too many.</summary>
    public int Counted { get; private set; }

    /// <summary>The most that was ever here: no acknowledgement may count for more.</summary>
    public int MostStored { get; private set; }

    public Topics Topics { get; } = new("T1");

    /// <summary>Every entry of the journal is here.</summary>
    public bool IsComplete => stored.Count == world.Books.Journal.Count;

    public bool IsDown { get; private set; }

    public IBackend Connect(Action<BackendEvent> tell)
    {
        var link = new OfficeLink(world, this, tell);
        (deliver, hangUp) = (link.Deliver, link.Break);
        return link;
    }

    /// <summary>A message reached the broker and goes on to the collector.</summary>
    public void Take(Message message)
    {
        if (IsDown)
        {
            return;
        }
        world.Digest.Add(world.Now, message.Payload);
        world.Secrets.Check(message.Payload, message.Topic);
        if (message.Topic == Topics.Journal && Delivered.Parse(message.Payload) is { } batch)
        {
            foreach (var entry in batch.Entries)
            {
                Take(entry);
            }
            Acknowledge();
        }
        else if (message.Topic == Topics.Hello)
        {
            announced = world.Books.Journal.Count;
            Acknowledge();
        }
        if (world.Hits(Fault.OfficeCrash))
        {
            Crash();
        }
    }


    void Take(Entry entry)
    {
        world.Secrets.Check(entry.Body, $"entry {entry.Sequence}");
        Require(entry.Sequence <= world.Books.Journal.Count, $"entry {entry.Sequence} was never written");
        if (entry.Sequence <= stored.Count)
        {
            Require(IsSame(stored[(int)entry.Sequence - 1], entry), $"entry {entry.Sequence} came again, changed");
            Counted += world.Plant.CountsAgain ? 1 : 0;
            return;
        }
        early[entry.Sequence] = entry;
        while (early.Remove(stored.Count + 1, out var next))
        {
            Require(IsSame(world.Books.Journal[stored.Count], next), $"entry {next.Sequence} is not as written");
            stored.Add(next);
            MostStored = Math.Max(MostStored, stored.Count);
            Counted++;
        }
    }

    /// <summary>Cumulative, once the entries are stored; forged by an office that mixes up its shops.</summary>
    void Acknowledge()
    {
        if (deliver is null || world.Hits(Fault.OfficeAckLost))
        {
            return;
        }
        var first = early.Count > 0 ? early.Keys.First() : announced + 1;
        EntryRange[] need = first > stored.Count + 1 ? [new(stored.Count + 1, first - 1)] : [];
        var hash = stored is [.., var last] ? last.Hash : Chain.Origin.ToArray();
        var ack = new Ack(world.Books.Epoch, stored.Count, hash, need);
        if (world.Hits(Fault.OfficeAckForeign))
        {
            ack = ack with { Upto = stored.Count + 1 + world.Dice.Below(5), Hash = new byte[Chain.HashLength] };
        }
        deliver(new BackendEvent.Received(Topics.Ack, ack.Write()));
    }

    /// <summary>A request for what is missing may be lost like anything else.</summary>
    void Remind()
    {
        if (!IsDown && stored.Count < Math.Max(announced, early.Count))
        {
            Acknowledge();
        }
        world.Agenda.After(AskAgain, Remind);
    }

    /// <summary>What came early is forgotten; after a restore from a backup, what was stored last as well.</summary>
    void Crash()
    {
        world.Trace?.Gateway(world.Now, "*** head office crashes ***");
        IsDown = true;
        early.Clear();
        if (world.Dice.Chance(0.3))
        {
            var lost = Math.Min(stored.Count, world.Dice.Below(40));
            stored.RemoveRange(stored.Count - lost, lost);
            Counted -= lost;
        }
        hangUp?.Invoke();
        world.Agenda.After(world.Dice.Seconds(1, world.Dice.Pick(5, 60, 600)), () => IsDown = false);
    }

    /// <summary>At the end: everything once.</summary>
    public void Close() => Require(
        IsComplete && Counted == stored.Count, $"{Counted} counted of {world.Books.Journal.Count}");

    void Require(bool holds, string what)
    {
        if (!holds)
        {
            world.Books.Break("M8", $"head office: {what}");
        }
    }

    static bool IsSame(Entry one, Entry other) =>
        one.Kind == other.Kind && one.PaymentId == other.PaymentId && one.UnixMilliseconds == other.UnixMilliseconds &&
        one.Hash.AsSpan().SequenceEqual(other.Hash) && one.Body.AsSpan().SequenceEqual(other.Body);
}
