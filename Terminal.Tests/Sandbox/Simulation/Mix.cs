namespace Sandbox.Simulation;

/// <summary>What a gateway does with the cancel of a payment it has not seen yet.</summary>
enum CancelOfUnknown
{
    NotFound,
    /// <summary>"Success" for anything; the pay that arrives later is booked all the same.</summary>
    Accepted,
    /// <summary>"Success", and the pay that arrives later is refused.</summary>
    AcceptedAndClosed,
}

/// <summary>One world's temper: how its till and gateway are made, and how likely each fault is.</summary>
sealed class Mix
{
    static readonly int Kinds = Enum.GetValues<Fault>().Length;

    readonly double[] chances = new double[Kinds];

    /// <param name="bytes">Byte-level faults happen too.</param>
    public Mix(Dice dice, bool bytes = false)
    {
        Orders = 20 + dice.Below(41);
        BooksOnAck = dice.Chance(0.5);
        OwnScanner = dice.Pick(0, 0.2, 1);
        CancelOfUnknown = dice.Pick(
            CancelOfUnknown.NotFound, CancelOfUnknown.Accepted, CancelOfUnknown.AcceptedAndClosed);
        Expiry = dice.Pick<TimeSpan?>(TimeSpan.FromSeconds(60), TimeSpan.FromSeconds(90), null);
        if (dice.Chance(0.1))
        {
            // A calm world: M13 is worth nothing without it. What may happen is what must not matter.
            var harmless = dice.Pick(0, 0.2);
            this[Fault.ClockJumps] = harmless;
            this[Fault.CommandTwice] = this[Fault.StatusInOddCase] = bytes ? harmless : 0;
            return;
        }
        for (var i = 0; i < (int)Fault.ByteSpoiled; i++)
        {
            chances[i] = dice.Chance(0.5) ? dice.Pick(0.01, 0.05, 0.2, 0.5) : 0;
        }
        this[Fault.InquiryLies] = dice.Chance(0.1) ? 0.05 : 0;
        // Drawn at every point where the power can fail, some thirty times in a payment.
        this[Fault.PowerCut] = dice.Pick(0, 0, 0, 0.0005, 0.002, 0.01);
        this[Fault.JournalFails] = dice.Pick(0, 0, 0, 0.002, 0.01);
        this[Fault.DiskFull] = dice.Pick(0, 0, 0, 0, 0.0005);
        if (bytes)
        {
            AddBytes(dice);
        }
    }

    public int Orders { get; }

    /// <summary>A till books on its acknowledgement of 04 0F, or only when it gets 06 0F.</summary>
    public bool BooksOnAck { get; }

    /// <summary>Share of orders without a code.</summary>
    public double OwnScanner { get; }

    public CancelOfUnknown CancelOfUnknown { get; }

    public TimeSpan? Expiry { get; }

    /// <summary>
    /// Byte-level faults are drawn for each write; so are the power cuts, at three times as many points.
    /// </summary>
    void AddBytes(Dice dice)
    {
        this[Fault.PowerCut] /= 3;
        // While a command is lost on the way, the code of its customer may meet the order before: no amount to compare.
        this[Fault.StrayScan] = 0;
        for (var fault = Fault.ByteSpoiled; (int)fault < Kinds; fault++)
        {
            this[fault] = dice.Chance(0.4) ? dice.Pick(0.002, 0.01, 0.05) : 0;
        }
        // On some lines somebody sits who hardly lets anything through.
        this[Fault.AnswerReplayed] = dice.Chance(0.1) ? dice.Pick(0.2, 0.6) : this[Fault.AnswerReplayed];
        this[Fault.LineCut] /= 10;
        this[Fault.OfficeCrash] /= 5;
    }

    public double this[Fault fault]
    {
        get => chances[(int)fault];
        set => chances[(int)fault] = value;
    }
}
