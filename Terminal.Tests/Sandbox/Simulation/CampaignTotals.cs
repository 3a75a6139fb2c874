namespace Sandbox.Simulation;

/// <summary>What many worlds came to.</summary>
sealed class CampaignTotals
{
    const int Shown = 10;

    public long Payments { get; private set; }
    public long Worlds { get; private set; }
    public long Faults { get; private set; }
    public long PowerCuts { get; private set; }
    public long Doubtful { get; private set; }

    /// <summary>Worlds in which a promise was broken; each ends at the first.</summary>
    public long Violations { get; private set; }

    /// <summary>The one with the lowest seed.</summary>
    public Outturn? First => Broken.FirstOrDefault();

    /// <summary>The first few, by seed.</summary>
    public List<Outturn> Broken { get; } = [];

    public void Add(Outturn outturn)
    {
        Worlds++;
        Payments += outturn.Payments;
        Faults += outturn.Faults;
        PowerCuts += outturn.PowerCuts;
        Doubtful += outturn.Doubtful;
        if (outturn.Violation is not null)
        {
            Violations++;
            Broken.Add(outturn);
            Broken.Sort((a, b) => a.Seed.CompareTo(b.Seed));
            Broken.RemoveRange(Math.Min(Broken.Count, Shown), Math.Max(0, Broken.Count - Shown));
        }
    }

    public override string ToString() =>
        $"simulated {Payments} payments, {Worlds} worlds, {Faults} faults, {PowerCuts} power cuts, " +
        $"{Doubtful} doubtful deliveries: {Violations} violations";
}
