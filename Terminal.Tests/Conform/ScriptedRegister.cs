using Sandbox.Conform;

namespace Terminal.Tests.Conform;

/// <summary>What is wrong with a scripted register.</summary>
enum RegisterFault
{
    None,
    IgnoresBadCrc,
    SendsOnlyOnce,
    NeverAsks,
    BooksWhateverEnds,
    KeepsWhatWasTakenBack,
}

/// <summary>A cash register of eighty lines that books with 04 0F, wrong in one point or in none.</summary>
sealed class ScriptedRegister(Peer peer, RegisterFault fault)
{
    static readonly TimeSpan T3 = TimeSpan.FromSeconds(4), T4 = TimeSpan.FromSeconds(1);

    readonly BlockEnd link = new(peer)
    {
        T2 = TimeSpan.FromSeconds(1),
        NaksBroken = fault != RegisterFault.IgnoresBadCrc,
        RepeatsOnNak = fault != RegisterFault.SendsOnlyOnce,
    };
    readonly HashSet<int> booked = [];

    /// <summary>The sale that runs now.</summary>
    Task sale = Task.CompletedTask;

    /// <summary>What the person at this register does.</summary>
    public Cashier Cashier => new(_ => sale = sale.ContinueWith(
        _ => Sell(), default, TaskContinuationOptions.LongRunning, TaskScheduler.Default), Holds);

    bool Holds(int receipt)
    {
        sale.Wait();
        return booked.Contains(receipt);
    }

    void Sell()
    {
        if (Run(Telegram.Of(0x0601, "04 000000001010 22 F0F9 281234567890123456")) == Ending.Unknown &&
            fault != RegisterFault.NeverAsks)
        {
            Run(Telegram.Of(0x0620, "000000 03 03"));
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
        return answer.IsPositive ? Ending.Unknown : Ending.Told;
    }

    void Enter(StatusFields status)
    {
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
        Unknown,
    }
}
