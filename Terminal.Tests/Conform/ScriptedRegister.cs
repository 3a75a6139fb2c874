using Sandbox.Conform;

namespace Terminal.Tests.Conform;

/// <summary>What is wrong with a scripted register.</summary>
enum RegisterFault
{
    None,
    IgnoresBadCrc,
    WaitsForTheRestOfABlock,
    TakesDoubledBytesForTwo,
    IsDeafAfterNoise,
    IsSilentOnARepetition,
    SendsOnlyOnce,
    GivesUpInSilence,
    LeavesProgressUnanswered,
    NeverBooks,
    BooksWhenRefused,
    NeverAsks,
    AsksOnlyOnce,
    BooksWhateverEnds,
    KeepsWhatWasTakenBack,
}

/// <summary>How a scripted register talks, after tills that are met in the field.</summary>
/// <param name="Pause">Before each command.</param>
/// <param name="Repeats">It sends a block again that was not acknowledged.</param>
/// <param name="Asks">It asks with 06 20 what became of a sale that broke off.</param>
/// <param name="RefusesWhenIdle">84 66 to what comes while no command of its own runs; else it is thrown away.</param>
sealed record RegisterManner(TimeSpan Pause, bool Repeats, bool Asks, bool RefusesWhenIdle)
{
    /// <summary>As the protocol says.</summary>
    public static readonly RegisterManner Right = new(TimeSpan.Zero, true, true, false);

    /// <summary>Leaves 200 ms before a command and gives the sale up at the first surprise.</summary>
    public static readonly RegisterManner GivesUp = new(TimeSpan.FromMilliseconds(200), false, false, false);

    /// <summary>Refuses what comes after the end of its command.</summary>
    public static readonly RegisterManner Refuses = new(TimeSpan.FromMilliseconds(100), false, false, true);
}

/// <summary>A cash register that books with 04 0F, wrong in one point or in none.</summary>
sealed class ScriptedRegister
{
    static readonly TimeSpan T3 = TimeSpan.FromSeconds(5), T4 = TimeSpan.FromSeconds(180);

    readonly Lock gate = new();
    readonly SharedTime time;
    readonly RegisterFault fault;
    readonly RegisterManner manner;
    readonly BlockEnd link;
    readonly HashSet<int> booked = [];
    bool isBookedWithoutNumber;
    Heard? before;
    Task selling = Task.CompletedTask;
    int orders;

    public ScriptedRegister(Peer peer, SharedTime time, RegisterManner manner,
        RegisterFault fault = RegisterFault.None)
    {
        (this.time, this.fault, this.manner) = (time, fault, manner);
        link = new(peer)
        {
            RepeatsOnNak = manner.Repeats && fault != RegisterFault.SendsOnlyOnce,
            RepeatsOnSilence = manner.Repeats && fault != RegisterFault.GivesUpInSilence,
            Ear = heard => before = Mishear(heard),
        };
    }

    /// <summary>What the person at this register does.</summary>
    public Cashier Cashier => new(Order, Holds);

    /// <summary>Sells once more, after the sales that still run.</summary>
    void Order(string what)
    {
        lock (gate)
        {
            if (orders++ == 0)
            {
                time.Join();
                selling = Task.Factory.StartNew(SellAll, TaskCreationOptions.LongRunning);
            }
        }
    }

    void SellAll()
    {
        bool hasMore;
        do
        {
            Sell();
            lock (gate)
            {
                hasMore = --orders > 0;
            }
        }
        while (hasMore);
        time.Leave();
    }

    bool Holds(int receipt)
    {
        time.Await(selling);
        return isBookedWithoutNumber || booked.Contains(receipt);
    }

    Heard Mishear(Heard heard)
    {
        var isWhole = heard.Raw is [.., Octets.Dle, Octets.Etx, _, _];
        return (fault, heard.Sound) switch
        {
            (RegisterFault.IgnoresBadCrc, Sound.Broken) when isWhole => heard with { Sound = Sound.Noise },
            (RegisterFault.WaitsForTheRestOfABlock, Sound.Broken) when !isWhole => heard with { Sound = Sound.Noise },
            (RegisterFault.TakesDoubledBytesForTwo, Sound.Block) when heard.Apdu.Contains(Octets.Dle) =>
                heard with { Sound = Sound.Broken },
            (RegisterFault.IsDeafAfterNoise, Sound.Block) when before?.Sound == Sound.Noise =>
                heard with { Sound = Sound.Noise },
            (RegisterFault.IsSilentOnARepetition, Sound.Block) when heard.Raw.SequenceEqual(before?.Raw ?? []) =>
                heard with { Sound = Sound.Noise },
            _ => heard,
        };
    }

    int MostQuestions => fault switch
    {
        _ when !manner.Asks => 0,
        RegisterFault.NeverAsks => 0,
        RegisterFault.AsksOnlyOnce => 1,
        _ => 3,
    };

    void Sell()
    {
        isBookedWithoutNumber = false;
        while (link.Take(manner.Pause) is { } late)
        {
            if (manner.RefusesWhenIdle && !late.IsAnswer)
            {
                link.Say(Telegram.No(0x66));
            }
        }
        var ending = Run(Telegram.Of(0x0601, "04 000000001234 22 F0F9 281234567890123456"));
        isBookedWithoutNumber = ending == Ending.Refused && fault == RegisterFault.BooksWhenRefused;
        for (var asked = 0; ending == Ending.Unknown && asked < MostQuestions; asked++)
        {
            ending = Run(Telegram.Of(0x0620, "000000 03 03")) == Ending.Refused ? Ending.Unknown : Ending.Told;
        }
    }

    Ending Run(Telegram command)
    {
        if (!link.Say(command) || link.TakeAnswer(T3) is not { } answer)
        {
            return Ending.Unknown;
        }
        while (answer.IsPositive && link.Take(T4) is { } message)
        {
            if (message.Command == 0x04FF && fault == RegisterFault.LeavesProgressUnanswered)
            {
                continue;
            }
            link.Say(Telegram.Yes);
            if (message.Command == 0x040F)
            {
                Enter(StatusFields.Read(message.Data)!);
            }
            if (message.Command is 0x060F or 0x061E)
            {
                return Ending.Told;
            }
        }
        return answer.IsPositive ? Ending.Unknown : Ending.Refused;
    }

    void Enter(StatusFields status)
    {
        if (fault == RegisterFault.NeverBooks)
        {
            return;
        }
        if (status.Result == 0 || fault == RegisterFault.BooksWhateverEnds)
        {
            booked.Add(status.Receipt!.Value);
        }
        else if (fault != RegisterFault.KeepsWhatWasTakenBack)
        {
            booked.Remove(status.Receipt!.Value);
        }
    }

    enum Ending
    {
        Told,
        Refused,
        Unknown,
    }
}
