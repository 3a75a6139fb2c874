namespace Sandbox.Simulation;

/// <summary>Worlds one after the other, seed by seed, on as many threads as asked: they share nothing.</summary>
static class Campaign
{
    /// <summary>Runs worlds from a seed on until they made so many payments, or are as many.</summary>
    public static Tally Run(ulong seed, long payments, Func<Plant> plant, int threads, bool stopAtFirst = false,
        bool bytes = false)
    {
        var total = new Tally();
        var next = seed;
        var gate = new Lock();

        void Work()
        {
            while (true)
            {
                ulong mine;
                lock (gate)
                {
                    var enough = total.Payments >= payments || next - seed > (ulong)payments;
                    if (enough || (stopAtFirst && total.Violations > 0))
                    {
                        return;
                    }
                    mine = next++;
                }
                var outturn = new World(mine, plant(), bytes: bytes).Run();
                lock (gate)
                {
                    total.Add(outturn);
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
