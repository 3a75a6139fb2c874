using Sandbox.Conform;
using Sandbox.Ecr;

namespace Terminal.Tests.Conform;

/// <summary>What is wrong with a scripted terminal.</summary>
enum TerminalFault
{
    None,
    IgnoresBadCrc,
    ActsTwiceOnARepeatedBlock,
    SendsOnlyOnce,
    TakesWhatItCannotRead,
    SaysBusyWith9C,
    ChargesAResend,
    SaysPaidAfterTheWithdrawal,
    CompletesWithoutAcknowledgement,
    ReversesOnALostCompletion,
    TellsTheCode,
    IgnoresTheFirstAbort,
}

/// <summary>A terminal of a hundred lines, wrong in one point or in none.</summary>
sealed class ScriptedTerminal(Peer peer, TerminalFault fault)
{
    static readonly TimeSpan Moment = TimeSpan.FromMilliseconds(200), T3 = TimeSpan.FromSeconds(5);

    readonly Dictionary<string, Sale> sales = [];
    readonly BlockEnd link = new(peer)
    {
        NaksBroken = fault != TerminalFault.IgnoresBadCrc,
        KnowsRepeats = fault != TerminalFault.ActsTwiceOnARepeatedBlock,
        RepeatsOnNak = fault != TerminalFault.SendsOnlyOnce,
    };
    readonly Dictionary<string, long> charged = [];
    Sale? newest;
    int receipts;

    /// <summary>Cents that it took for this code.</summary>
    public long Charged(string code)
    {
        lock (charged)
        {
            return charged.GetValueOrDefault(code);
        }
    }

    /// <summary>Until the line hangs up.</summary>
    public void Run()
    {
        while (!link.IsHungUp)
        {
            if (link.Take(Moment) is { IsAnswer: false } command)
            {
                Obey(command);
            }
        }
    }

    void Obey(Telegram command)
    {
        switch (command.Command)
        {
            case 0x0600: Serve("19 00 29 00000001"); break;
            case 0x0501: Serve("00"); break;
            case 0x0602: link.Say(Telegram.Yes); break;
            case 0x0620: Repeat(); break;
            case 0x0601: Pay(command.Data); break;
            default: link.Say(Telegram.No(0x83)); break;
        }
    }

    void Serve(string completion)
    {
        link.Say(Telegram.Yes);
        Tell(Telegram.Of(0x060F, completion));
    }

    /// <summary>True: answered with yes.</summary>
    bool Tell(Telegram message) => link.Say(message) && link.TakeAnswer(T3) is { IsPositive: true };

    void Pay(byte[] data)
    {
        var fields = StatusFields.Read(data);
        if (fields is null && fault == TerminalFault.TakesWhatItCannotRead)
        {
            fields = StatusFields.Read(data[..7]);
        }
        if (fields is not { Cents: > 0 and var cents })
        {
            link.Say(Telegram.No(0x9A));
            return;
        }
        link.Say(Telegram.Yes);
        if (fields.Get(0x22) is { } digits)
        {
            Charge(Convert.ToHexString(digits), cents);
        }
        else
        {
            AwaitAbort();
        }
    }

    void AwaitAbort()
    {
        var aborts = fault == TerminalFault.IgnoresTheFirstAbort ? 0 : 1;
        while (link.Take(TimeSpan.FromSeconds(10)) is { } command)
        {
            if (command.Command == 0x06B0 && aborts++ > 0)
            {
                link.Say(Telegram.Yes);
                Refuse("27 6C 29 00000001 3C F0F0F3 456E64", 0x6C);
                return;
            }
            link.Say(Telegram.No(fault == TerminalFault.SaysBusyWith9C ? (byte)0x9C : (byte)0xA0));
        }
    }

    void Charge(string code, long cents)
    {
        if (!sales.TryGetValue(code, out newest) || fault == TerminalFault.ChargesAResend)
        {
            newest = sales[code] = new(++receipts, cents, code);
            Book(newest, cents);
        }
        Offer(newest);
    }

    void Offer(Sale sale)
    {
        var echo = fault == TerminalFault.TellsTheCode ? $"22 F0F9 {sale.Code}" : "";
        var isTaken = Tell(Telegram.Of(0x040F, $"27 00 {sale.Fields} {echo}"));
        if (!isTaken)
        {
            sale.IsWithdrawn = fault != TerminalFault.SaysPaidAfterTheWithdrawal;
            Book(sale, -sale.Cents);
        }
        if (!isTaken && fault != TerminalFault.CompletesWithoutAcknowledgement)
        {
            Tell(Telegram.Of(0x061E, "6C"));
        }
        else if (!Tell(Telegram.Of(0x060F)) && fault == TerminalFault.ReversesOnALostCompletion)
        {
            sale.IsWithdrawn = true;
            Book(sale, -sale.Cents);
        }
    }

    void Repeat()
    {
        link.Say(Telegram.Yes);
        if (newest is { IsWithdrawn: false })
        {
            Offer(newest);
        }
        else
        {
            Refuse($"27 6C {newest?.Fields}", 0x6C);
        }
    }

    void Refuse(string status, byte code)
    {
        Tell(Telegram.Of(0x040F, status));
        Tell(Telegram.Of(0x061E, $"{code:X2}"));
    }

    void Book(Sale sale, long cents)
    {
        lock (charged)
        {
            charged[sale.Code] = charged.GetValueOrDefault(sale.Code) + cents;
        }
    }

    sealed class Sale(int receipt, long cents, string code)
    {
        public long Cents => cents;
        public string Code => code;
        public bool IsWithdrawn { get; set; }
        public string Fields =>
            $"04 {cents:D12} 0B {receipt:D6} 0C 120000 0D 1121 29 00000001 87 {receipt:D4} 8A 61 " +
            "3C F0F0F2 4F4B 8B F0F1 00";
    }
}
