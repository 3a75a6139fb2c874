using System.Diagnostics;

namespace Sandbox.Acceptance;

/// <summary>
/// Plays scenarios one after the other at one service; after a failure, and for traces to keep, at a new one.
/// </summary>
sealed class AcceptanceTrial(TextWriter to, string folder, bool isTcp)
{
    int rigs;

    public int Passed { get; private set; }

    public int Failed { get; private set; }

    /// <summary>The trace of each scenario that passed, by its name.</summary>
    public Dictionary<string, string> Traces { get; } = [];

    /// <summary>Where the traces go; empty: nowhere.</summary>
    public string Record { get; init; } = "";

    string Line => isTcp ? "tcp" : "serial";

    public async Task RunAsync(IEnumerable<Scenario> scenarios)
    {
        Rig? rig = null;
        foreach (var next in scenarios)
        {
            var since = Stopwatch.GetTimestamp();
            rig ??= await Rig.OpenAsync(Path.Combine(folder, $"{Line}-{++rigs}"), isTcp);
            var problem = await PlayAsync(next, rig);
            var seconds = Stopwatch.GetElapsedTime(since).TotalSeconds;
            var result = problem is null ? "passed" : "FAILED";
            to.WriteLine($"{next.Name,-38}{Line,-8}{result,-8}{seconds,5:0.0} s  {next.Checks}");
            (Passed, Failed) = problem is null ? (Passed + 1, Failed) : (Passed, Failed + 1);
            if (problem is not null)
            {
                to.WriteLine($"    {problem}\n    {new TraceText(rig.Trace())}");
            }
            if (problem is not null || Record.Length > 0)
            {
                await rig.DisposeAsync();
                rig = null;
            }
        }
        if (rig is not null)
        {
            await rig.DisposeAsync();
        }
    }

    /// <returns>What was wrong; null: nothing.</returns>
    async Task<string?> PlayAsync(Scenario scenario, Rig rig)
    {
        try
        {
            rig.Begin();
            await scenario.Play(rig);
            var booked = rig.Booked;
            await rig.ResyncAsync();
            Rig.Must(!rig.WasUnasked, "no message on a connection that has not asked");
            Rig.Must(rig.Booked == booked, $"06 20 at the end leaves {booked} cents in the till's book ({rig.Booked})");
        }
        catch (Exception e) when (e is DeviationException or TimeoutException or IOException)
        {
            return e.Message;
        }
        Keep(scenario, new TraceText(rig.Trace()).ToString());
        return null;
    }

    void Keep(Scenario scenario, string trace)
    {
        var text = $"# {scenario.Name}, {Line}: {scenario.Checks}\n{trace}";
        Traces[scenario.Name] = text;
        if (Record.Length > 0 && scenario.HasOneLine)
        {
            Directory.CreateDirectory(Record);
            File.WriteAllText(Path.Combine(Record, $"{scenario.Name}-{Line}.txt"), text);
        }
    }
}
