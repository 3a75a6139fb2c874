using Sandbox.Conform;
using Sandbox.Ecr;

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

/// <summary>A cash register that books with 04 0F, wrong in one point or in none.</summary>
sealed class ScriptedRegister
{
    static readonly TimeSpan T3 = TimeSpan.FromSeconds(5), T4 = TimeSpan.FromSeconds(180),
        BeforeQuestion = TimeSpan.FromSeconds(1);

    readonly Lock gate = new();
    readonly SharedTime time;
    readonly RegisterFault fault;
    readonly RegisterManner manner;
    readonly BlockEnd link;
    readonly HashSet<int> booked = [];
    bool isBookedWithoutNumber;
    Heard? before, block;
    Task selling = Task.CompletedTask;
    int orders;

    public ScriptedRegister(Peer peer, SharedTime time, RegisterManner manner,
        RegisterFault fault = RegisterFault.None)
    {
        (this.time, this.fault, this.manner) = (time, fault, manner);
        link = new(peer)
        {
            T2 = manner.AwaitsAck,
            TakesOnlyAck = manner.TakesOnlyAck,
            IgnoresNak = manner.IgnoresNak,
            TakesTogetherForOne = manner.TakesTogetherForOne,
            EndsAtBrokenBlock = manner.EndsAtBrokenBlock,
            RepeatsOnNak = manner.Repeats && fault != RegisterFault.SendsOnlyOnce,
            RepeatsOnSilence = manner.Repeats && fault != RegisterFault.GivesUpInSilence,
            Ear = Listen,
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
                selling = time.Start(SellAll);
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
    }

    bool Holds(int receipt)
    {
        time.Await(selling);
        return isBookedWithoutNumber || booked.Contains(receipt);
    }

    Heard Listen(Heard heard)
    {
        before = Mishear(heard);
        block = heard.Sound == Sound.Block ? heard : block;
        return before;
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
            (RegisterFault.IsSilentOnARepetition, Sound.Block) when heard.Telegram?.Command == 0x040F &&
                heard.Raw.SequenceEqual(block?.Raw ?? []) =>
                heard with { Sound = Sound.Noise },
            _ => heard,
        };
    }

    int MostQuestions => fault switch
    {
        _ when !manner.Asks => 0,
        RegisterFault.NeverAsks => 0,
        RegisterFault.AsksOnlyOnce => 1,
        _ => manner.Questions,
    };

    void Sell()
    {
        isBookedWithoutNumber = false;
        Idle(manner.Pause);
        if (manner.AsksBeforeOrder && Ask() == Ending.Unknown)
        {
            return;
        }
        var ending = Run(Telegram.Of(0x0601, "04 000000001234 22 F0F9 281234567890123456"));
        isBookedWithoutNumber = ending == Ending.Refused && fault == RegisterFault.BooksWhenRefused;
        for (var asked = 0; ending == Ending.Unknown && asked < MostQuestions; asked++)
        {
            if (manner.Reopens)
            {
                link.Reopen(BeforeQuestion);
            }
            Idle(BeforeQuestion);
            ending = Ask();
        }
    }

    /// <summary>What comes in between is refused or thrown away.</summary>
    void Idle(TimeSpan pause)
    {
        while (link.Take(pause) is { } late)
        {
            if (manner.RefusesWhenIdle && !late.IsAnswer)
            {
                link.Say(Telegram.No(0x66));
            }
        }
    }

    Ending Ask() => Run(Telegram.Of(0x0620, "000000 03 03")) == Ending.Told ? Ending.Told : Ending.Unknown;

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
            if (!link.Say(Telegram.Yes))
            {
                return Ending.Unknown;
            }
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
        if (fault == RegisterFault.NeverBooks || status.Receipt is not { } receipt)
        {
            return;
        }
        if (status.Result == 0 || fault == RegisterFault.BooksWhateverEnds)
        {
            booked.Add(receipt);
        }
        else if (fault != RegisterFault.KeepsWhatWasTakenBack)
        {
            booked.Remove(receipt);
        }
    }

    enum Ending
    {
        Told,
        Refused,
        Unknown,
    }
}
