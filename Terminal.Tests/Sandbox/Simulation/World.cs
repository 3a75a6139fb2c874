using Sandbox.Scanner;
using Sandbox.Simulation.Bugs;
using Sandbox.Simulation.Bytes;
using Sandbox.Simulation.Model;
using Sandbox.Simulation.Peers;
using Terminal.Payments;
using Terminal.Payments.Charges;
using Terminal.Scanner;

namespace Sandbox.Simulation;

/// <summary>What one world came to.</summary>
sealed record Outturn(ulong Seed, int Payments, long Faults, int PowerCuts, int Doubtful, Violation? Violation)
{
    /// <summary>Of every byte that left, at full depth.</summary>
    public ulong Digest { get; init; }
}

/// <summary>
/// One till, one terminal, one gateway, in virtual time, on one thread: the real core and loop between two peers that
/// misbehave as the mix says, judged by <see cref="Books"/>.
/// </summary>
sealed class World
{
    /// <summary>After the last fault every payment must be final within this: several not-charged waits.</summary>
    static readonly TimeSpan Settling = TimeSpan.FromHours(3);

    /// <summary>More steps than this without time passing: the terminal spins.</summary>
    const int MaxStepsAtOnce = 1000;

    readonly ulong seed;
    long faults;
    long calmSince = -1;
    bool over;

    /// <param name="bytes">At full depth: every frame, JSON body and message.</param>
    public World(ulong seed, Plant plant, bool trace = false, bool bytes = false)
    {
        this.seed = seed;
        Plant = plant;
        Dice = new(seed);
        Mix = new(Dice, bytes);
        Trace = trace ? new() : null;
        Books = new(Agenda);
        Agreement = new(new(~seed), Books, bytes);
        Gateway = new(this);
        Secrets = new(this);
        Seal = new(new byte[32]) { Codes = TillClerk.Wallets };
        Wire = bytes ? new(this) : null;
        Office = bytes ? new(this) : null;
        Books.Period.AtHeadOffice = () => Office?.MostStored ?? 0;
        Till = bytes ? new ByteTill(this) : new TillPeer(this);
        Box = new(this);
    }

    public Agenda Agenda { get; } = new();
    public Dice Dice { get; }
    public Mix Mix { get; }
    public LineAgreement Agreement { get; }
    public Plant Plant { get; }
    public Timeline? Trace { get; }
    public Books Books { get; }
    public GatewayPeer Gateway { get; }
    public TillEnd Till { get; }
    public Box Box { get; }
    public int PowerCuts { get; set; }

    // At full depth.

    public Digest Digest { get; } = new();
    public Secrets Secrets { get; }
    public CodeSeal Seal { get; }
    public GatewayWire? Wire { get; }
    public HeadOffice? Office { get; }

    public long Now => Agenda.Now;

    /// <summary>No fault happens any more.</summary>
    public bool IsCalm => calmSince >= 0;

    public Outturn Run()
    {
        Box.Start();
        Till.Begin();
        var steps = 0;
        while (!over && Books.Violation is null)
        {
            var wake = Box.WakeAt;
            var before = Now;
            if (wake < Agenda.NextAt)
            {
                Agenda.PassTo(wake);
                Box.Wake();
            }
            else if (Agenda.NextAt == long.MaxValue)
            {
                Books.Break("liveness", "nothing will ever happen again");
            }
            else
            {
                Agenda.RunNext();
            }
            steps = Now == before ? steps + 1 : 0;
            if (steps > MaxStepsAtOnce)
            {
                Books.Break("M10", "the terminal spins");
            }
        }
        var doubtful = Books.Violation is null ? WorldVerdict.Pass(Books) : 0;
        return new(seed, Books.Payments.Count(), faults, PowerCuts, doubtful, Books.Violation)
        {
            Digest = Digest.Value,
        };
    }

    /// <summary>Does this happen here? Counted, and noted on the order that it touches.</summary>
    public bool Hits(Fault fault, OrderPage? order = null)
    {
        if (IsCalm || !Dice.Chance(Mix[fault]))
        {
            return false;
        }
        faults++;
        order?.Disturbed = true;
        Trace?.Gateway(Now, $"                           ! {fault} {order}");
        return true;
    }

    /// <summary>The same for the till's line: it touches the order under way, and perhaps the next.</summary>
    public bool Troubles(Fault fault)
    {
        var hits = Hits(fault, Till.Current);
        if (hits)
        {
            Till.Unsettle();
        }
        return hits;
    }

    /// <summary>What the journal knows a code by.</summary>
    public string Fingerprint(string code, int number) =>
        Wire is null ? $"{number:x32}" : Seal.Seal(Codes.Bytes(code), default).Fingerprint;

    /// <summary>The last order is answered: faults end, and what is open must come to its end.</summary>
    public void CalmDown()
    {
        if (!IsCalm)
        {
            calmSince = Now;
            Trace?.Gateway(Now, "                           ! faults end");
            Agenda.After(TimeSpan.FromSeconds(30), Inspect);
        }
    }

    /// <summary>The deadlines of the instruction that just began.</summary>
    public void ExpectAnswer(PaymentPage page)
    {
        Agenda.After(Books.AnswerLimit, () => Books.AnswerDue(page.Id));
        Agenda.After(Books.DecisionLimit, () => Books.DecisionDue(page.Id));
    }

    void Inspect()
    {
        if (Now - calmSince > Settling.Ticks)
        {
            Books.Break("liveness", $"open after {Settling}: {Open()}");
        }
        else if (Box.IsUp && Till.IsIdle && Office is not { IsComplete: false } && Books.All.All(IsAtRest))
        {
            if (!Books.All.Any(MirrorBook.Awaits))
            {
                Till.AskForTheLast(EndWith);
                return;
            }
            Till.SellOnceMore();
            Agenda.After(TimeSpan.FromSeconds(30), Inspect);
        }
        else
        {
            ResolveByHand();
            Agenda.After(TimeSpan.FromSeconds(30), Inspect);
        }
    }

    static bool IsAtRest(PaymentPage page) =>
        page.Standing == Written.Nothing || page.IsSettled || MirrorBook.Awaits(page);

    string Open() => Books.All.FirstOrDefault(p => p.Standing != Written.Nothing && !p.IsSettled) is { } page
        ? $"payment {page} ({page.Order})"
        : Office is { IsComplete: false } ? "entries that the head office does not have (M8)" : "the lane";

    /// <summary>The world ends with a 06 20 that is answered; a lane that still waits for a code comes free.</summary>
    void EndWith(string? problem)
    {
        over = problem is null && Office is not { IsComplete: false };
        if (over)
        {
            Office?.Close();
            return;
        }
        if (problem is not (null or "Busy"))
        {
            Books.Break("liveness", $"06 20 at the end: {problem}");
        }
        Agenda.After(TimeSpan.FromSeconds(30), Inspect);
    }

    /// <summary>What only a person can decide, a person decides: returns the money at the gateway.</summary>
    void ResolveByHand()
    {
        foreach (var page in Books.Payments.Where(p => p.Standing == Written.NeedsAttention).ToList())
        {
            Gateway.ReturnByHand(page.Id);
            var resolved = new PaymentInput.Resolved("simulation", "by hand");
            Box.Feed(Box.Boot, new DeskInput.Happened(new(page.Id), resolved));
        }
    }
}
