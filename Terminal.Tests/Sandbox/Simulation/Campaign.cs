using Sandbox.Simulation.Bugs;

namespace Sandbox.Simulation;

/// <summary>Worlds one after the other, seed by seed, on as many threads as asked: they share nothing.</summary>
static class Campaign
{
    /// <summary>
    /// Runs worlds from a seed on until they made so many payments, or are as many. They count in the order of their
    /// seeds, so that threads change nothing in what comes out.
    /// </summary>
    public static CampaignTotals Run(
        ulong seed, long payments, Func<Plant> plant, int threads, bool stopAtFirst = false,
        bool bytes = false)
    {
        var total = new CampaignTotals();
        var (next, counted) = (seed, seed);
        var early = new Dictionary<ulong, Outturn>();
        var gate = new Lock();

        bool IsEnough() => total.Payments >= payments || counted - seed > (ulong)payments ||
            (stopAtFirst && total.Violations > 0);

        void Count(ulong mine, Outturn outturn)
        {
            early.Add(mine, outturn);
            while (!IsEnough() && early.Remove(counted, out var world))
            {
                total.Add(world);
                counted++;
            }
        }

        void Work()
        {
            while (true)
            {
                ulong mine;
                lock (gate)
                {
                    if (IsEnough())
                    {
                        return;
                    }
                    mine = next++;
                }
                var outturn = new World(mine, plant(), bytes: bytes).Run();
                lock (gate)
                {
                    Count(mine, outturn);
                }
            }
        }

        var others = Enumerable.Range(1, threads - 1).Select(_ => new Thread(Work)).ToList();
        others.ForEach(t => t.Start());
        Work();
        others.ForEach(t => t.Join());
        return total;
    }
}
