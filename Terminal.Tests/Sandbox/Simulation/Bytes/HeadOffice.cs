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
    readonly Story story = new();
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
    public bool IsComplete => story.Stored.Count == world.Books.Journal.Count;

    public bool IsDown { get; private set; }

    public IBackend Connect(Action<BackendEvent> tell)
    {
        var link = new OfficeLink(world, this, tell);
        (deliver, hangUp) = (link.Deliver, link.Break);
        return link;
    }

    /// <summary>A message reached the broker and goes on to the collector.</summary>
    public void Take(Publication message)
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
        foreach (var (next, how) in story.Take(world.Books.Epoch, entry))
        {
            var isWritten = how != Arrived.Wrong && Story.IsSame(world.Books.Journal[(int)next.Sequence - 1], next);
            Require(isWritten, $"entry {next.Sequence} is not as written: {how}");
            Counted += how == Arrived.Stored || how == Arrived.Again && world.Plant.CountsAgain ? 1 : 0;
            MostStored = Math.Max(MostStored, story.Stored.Count);
        }
    }

    /// <summary>Cumulative, once the entries are stored; forged by an office that mixes up its shops.</summary>
    void Acknowledge()
    {
        if (deliver is null || world.Hits(Fault.OfficeAckLost))
        {
            return;
        }
        var ack = story.Acknowledgement(world.Books.Epoch, announced);
        if (world.Hits(Fault.OfficeAckForeign))
        {
            ack = ack with { Upto = ack.Upto + 1 + world.Dice.Below(5), Hash = new byte[OfficeText.HashLength] };
        }
        deliver(new BackendEvent.Received(Topics.Ack, ack.Write()));
    }

    /// <summary>A request for what is missing may be lost like anything else.</summary>
    void Remind()
    {
        if (!IsDown && story.Stored.Count < Math.Max(announced, story.Early))
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
        var lost = world.Dice.Chance(0.3) ? Math.Min(story.Stored.Count, world.Dice.Below(40)) : 0;
        story.Forget(lost);
        Counted -= lost;
        hangUp?.Invoke();
        world.Agenda.After(world.Dice.Seconds(1, world.Dice.Pick(5, 60, 600)), () => IsDown = false);
    }

    /// <summary>At the end: everything once.</summary>
    public void Close() => Require(
        IsComplete && Counted == story.Stored.Count, $"{Counted} counted of {world.Books.Journal.Count}");

    void Require(bool holds, string what)
    {
        if (!holds)
        {
            world.Books.Break("M8", $"head office: {what}");
        }
    }
}
