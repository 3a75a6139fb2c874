using Sandbox.Simulation;

namespace Sandbox.Fuzz;

/// <summary>
/// Gives a target its inputs. Each follows from seed, target and number alone, so a run is the same on any number of
/// threads and machines.
/// </summary>
sealed class Fuzzer(Func<FuzzTarget> make, ulong seed)
{
    readonly string name = Named(make);
    readonly IReadOnlyList<byte[]> seeds = Seeds.Of(Named(make));

    /// <summary>What each thread is at: a look at it from outside finds an input that never ends.</summary>
    public static readonly ThreadLocal<Attempt> Current = new(() => new(), trackAllValues: true);

    public FuzzTally Run(long inputs, int threads)
    {
        var tallies = new FuzzTally[threads];
        Parallel.For(0, threads, new ParallelOptions { MaxDegreeOfParallelism = threads }, thread =>
            tallies[thread] = Run(inputs, thread, threads));
        return tallies.Aggregate((a, b) => a + b);
    }

    /// <summary>Every <paramref name="step"/>th input from <paramref name="first"/> on.</summary>
    FuzzTally Run(long inputs, long first, long step)
    {
        using var target = make();
        var mutator = new Mutator(seeds);
        foreach (var known in seeds)
        {
            Try(target, known); // What is allocated once is no input's doing.
        }
        var deep = target.Deep;
        var tally = new FuzzTally(name);
        for (var index = first; index < inputs; index += step)
        {
            var input = mutator.Make(new Dice(Mix(index)), index, target);
            var (harm, what, bytes) = Try(target, input);
            tally = harm is { } h ? tally.With(new(name, index, h, input, what)) : tally;
            tally = tally.MostBytes < bytes ? tally with { MostBytes = bytes } : tally;
        }
        Current.Value!.End();
        return tally with { Inputs = (inputs - first + step - 1) / step, Deep = target.Deep - deep };
    }

    public static (FuzzHarm? Harm, string What, long Bytes) Try(FuzzTarget target, byte[] input)
    {
        Current.Value!.Begin(target.Name, input);
        var before = GC.GetAllocatedBytesForCurrentThread();
        try
        {
            target.Take(input);
        }
        catch (StuckException e)
        {
            return (FuzzHarm.Stuck, e.Message, 0);
        }
        catch (Exception e) // Nothing that comes in from outside may throw.
        {
            return (FuzzHarm.Crash, e is DisagreementException ? e.Message : e.ToString(), 0);
        }
        var bytes = GC.GetAllocatedBytesForCurrentThread() - before;
        return bytes > target.MostBytes
            ? (FuzzHarm.Memory, $"{bytes} bytes allocated, {target.MostBytes} allowed", bytes)
            : (null, "", bytes);
    }

    ulong Mix(long index)
    {
        var mix = new Dice(seed);
        foreach (var letter in name)
        {
            mix = new(mix.Next() ^ letter);
        }
        return mix.Next() ^ unchecked((ulong)index * 0xD1342543DE82EF95);
    }

    static string Named(Func<FuzzTarget> make)
    {
        using var target = make();
        return target.Name;
    }
}
