namespace Terminal.Panel.Cues;

/// <summary>The three lamps.</summary>
[Flags]
enum Lamps
{
    None = 0,
    Green = 1,
    Yellow = 2,
    Red = 4,
}

/// <summary>
/// What the lamps and the buzzer do for a cue. Each lamp has its own rhythm, so nobody needs to tell colours.
/// </summary>
static class Signals
{
    const int ScanTone = 2700;
    const int GoodTone = 1500;
    const int BadTone = 750;
    const int FaultTone = 400;
    const int MostBeeps = 10;

    /// <summary>Lamps over the time since the cue came up.</summary>
    public static SignalPattern<Lamps> LampsOf(Cue cue) => cue switch
    {
        Cue.Starting => StartingLamps,
        Cue.Ready { Notice: not null } => NoticeLamps,
        Cue.Ready or Cue.OfTill => ReadyLamps,
        Cue.PresentCode => PresentLamps,
        Cue.Submitting or Cue.WaitingForCustomer or Cue.TellingTill => BusyLamps,
        Cue.Cancelling => CancellingLamps,
        Cue.Approved => ApprovedLamps,
        Cue.NotPaid => NotPaidLamps,
        Cue.Refused => RefusedLamps,
        Cue.NotConfirmed or Cue.Attention => DoubtLamps,
        _ => FaultLamps,
    };

    /// <summary>Tone in hertz over the time since the cue came up; 0 is silence.</summary>
    public static SignalPattern<int> ToneOf(Cue cue) => cue switch
    {
        Cue.Submitting => ScanTones,
        Cue.OfTill { Beeps: > 0 and var count } => Beeps(Math.Min(count, MostBeeps)),
        Cue.Approved => ApprovedTones,
        Cue.NotPaid or Cue.Refused => NotPaidTones,
        Cue.NotConfirmed or Cue.Attention => DoubtTones,
        Cue.OutOfOrder => FaultTones,
        _ => Silence,
    };

    /// <summary>
    /// When lamps or tone change next, counted from the same start as <paramref name="since"/>; null if never.
    /// </summary>
    public static TimeSpan? NextChange(Cue cue, TimeSpan since)
    {
        var lamps = LampsOf(cue).NextChange(since);
        var tone = ToneOf(cue).NextChange(since);
        return lamps is null || tone < lamps ? tone : lamps;
    }

    static SignalPattern<int> Beeps(int count) => new(false,
        [.. Enumerable.Repeat<Beat<int>[]>([new(GoodTone, 150), new(0, 150)], count).SelectMany(b => b)]);

    static readonly SignalPattern<Lamps> StartingLamps = new(true, new(Lamps.Yellow, 1000), new(Lamps.None, 1000));
    static readonly SignalPattern<Lamps> ReadyLamps = new(false, new Beat<Lamps>(Lamps.Green, 1000));
    static readonly SignalPattern<Lamps> NoticeLamps = new(true,
        new(Lamps.Green, 2800), new(Lamps.Green | Lamps.Yellow, 200));
    static readonly SignalPattern<Lamps> PresentLamps = new(true, new(Lamps.Green, 500), new(Lamps.None, 500));
    static readonly SignalPattern<Lamps> BusyLamps = new(true, new(Lamps.Yellow, 500), new(Lamps.None, 500));
    static readonly SignalPattern<Lamps> CancellingLamps = new(true,
        new(Lamps.Yellow, 120), new(Lamps.None, 120), new(Lamps.Yellow, 120), new(Lamps.None, 640));
    static readonly SignalPattern<Lamps> ApprovedLamps = new(false,
        new(Lamps.Green, 120), new(Lamps.None, 120), new(Lamps.Green, 120), new(Lamps.None, 120),
        new(Lamps.Green, 120));
    static readonly SignalPattern<Lamps> NotPaidLamps = new(false, new Beat<Lamps>(Lamps.Red, 1000));
    static readonly SignalPattern<Lamps> RefusedLamps = new(true, new(Lamps.Red, 500), new(Lamps.None, 500));
    static readonly SignalPattern<Lamps> DoubtLamps = new(true, new(Lamps.Red, 250), new(Lamps.Yellow, 250));
    static readonly SignalPattern<Lamps> FaultLamps = new(true,
        new(Lamps.Red, 120), new(Lamps.None, 120), new(Lamps.Red, 120), new(Lamps.None, 1640));

    static readonly SignalPattern<int> Silence = new(false, new Beat<int>(0, 1));
    static readonly SignalPattern<int> ScanTones = new(false, new(ScanTone, 80), new(0, 1));
    static readonly SignalPattern<int> ApprovedTones = new(false, new(GoodTone, 500), new(0, 1));
    static readonly SignalPattern<int> NotPaidTones = new(false,
        new(BadTone, 200), new(0, 150), new(BadTone, 200), new(0, 1));
    static readonly SignalPattern<int> DoubtTones = new(false,
        new(BadTone, 200), new(0, 150), new(BadTone, 200), new(0, 150), new(BadTone, 200), new(0, 1));
    static readonly SignalPattern<int> FaultTones = new(false, new(FaultTone, 600), new(0, 1));
}
