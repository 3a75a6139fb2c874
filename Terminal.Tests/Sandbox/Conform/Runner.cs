namespace Sandbox.Conform;

/// <summary>How many cases passed, failed and were not run.</summary>
readonly record struct Score(int Passed, int Failed, int NotRun)
{
    public static Score operator +(Score a, Score b) =>
        new(a.Passed + b.Passed, a.Failed + b.Failed, a.NotRun + b.NotRun);

    public override string ToString() => $"{Passed} passed, {Failed} failed";
}

/// <summary>Plays cases against one terminal or register and reports each result.</summary>
/// <param name="prefix">Stands before each name, where the same case is played more than once.</param>
sealed class Runner(TextWriter to, string prefix = "")
{
    bool hasFailed;

    /// <summary>Gets the bytes of every case, whether it fails or not.</summary>
    public TextWriter? Traces { get; init; }

    /// <summary>What to say if nothing comes from the terminal; null if it is known to be there.</summary>
    public string? Silence { get; init; }

    /// <summary>Plays nothing more after the first case that fails.</summary>
    public bool StopsAtFailure { get; init; }

    /// <summary>Plays cases against a terminal.</summary>
    public Score Play(IEnumerable<Case> cases, Surroundings around)
    {
        var trace = new Trace();
        using var probe = new Probe(around, trace);
        if (Silence is not null && !probe.IsAnswered())
        {
            throw new IOException(Silence);
        }
        var score = new Score();
        foreach (var next in cases.TakeWhile(_ => !(hasFailed && StopsAtFailure)))
        {
            var afterFailure = hasFailed;
            score += (next.Needs & ~around.Has) is not Needs.Nothing and var lacking
                ? Skip(next.Name, $"needs: {lacking}")
                : Play(next.Name, Advice(next), trace, () =>
                {
                    probe.Prepare(afterFailure);
                    next.Play(probe);
                });
        }
        return score;
    }

    /// <summary>Plays cases against a cash register.</summary>
    /// <param name="cashier">Null if nobody is there to say what the register booked.</param>
    public Score Play(IEnumerable<RegisterCase> cases, Func<Trace, RegisterProbe> connect, Cashier? cashier)
    {
        var trace = new Trace();
        var (probe, score, receipt) = (connect(trace), new Score(), 0);
        var all = cases.ToList();
        foreach (var next in all.TakeWhile(_ => !(hasFailed && StopsAtFailure)))
        {
            receipt++;
            score += Lacking(next) is { } lacking
                ? Skip(next.Name, lacking)
                : Play(next.Name, "the till: " + next.Advice, trace, () =>
                {
                    if (hasFailed)
                    {
                        probe.Settle();
                    }
                    probe.Prepare(receipt);
                    (cashier?.Do ?? to.WriteLine)(
                        $"{next.Do} ({receipt} of {all.Count}, within {probe.Patience.Person.TotalMinutes:0} minutes)");
                    next.Play(probe);
                    if (next.IsPaid is { } isPaid)
                    {
                        Checks.Must(cashier!.Holds(receipt) == isPaid,
                            isPaid ? "the sale in the register's book" : "no sale in the register's book",
                            isPaid ? "none" : "one");
                    }
                });
        }
        return score;

        string? Lacking(RegisterCase one) =>
            one.IsPaid is not null && cashier is null ? "nobody to ask what the register booked" :
            one.IsSerial && probe.Peer.IsTcp ? "needs: a serial line" :
            null;
    }

    static string Advice(Case one) => "the terminal must do what was expected" +
        (one.Advice.StartsWith("Nothing", StringComparison.Ordinal) ? "" : $"; a till here: {one.Advice}");

    Score Skip(string name, string why)
    {
        to.WriteLine($"not run  {prefix}{name} ({why})");
        return new(0, 0, 1);
    }

    Score Play(string name, string advice, Trace trace, Action play)
    {
        Deviation? finding = null;
        try
        {
            play();
        }
        catch (Deviation e)
        {
            finding = e;
        }
        hasFailed = finding is not null;
        to.WriteLine($"{(finding is null ? "ok       " : "FAILED   ")}{prefix}{name}");
        if (finding is not null)
        {
            Tell(advice, finding, trace);
        }
        to.Flush();
        Traces?.WriteLine($"== {prefix}{name}: {finding?.Message ?? "ok"}");
        foreach (var line in trace.Lines)
        {
            Traces?.WriteLine(line);
        }
        return finding is null ? new(1, 0, 0) : new(0, 1, 0);
    }

    void Tell(string advice, Deviation finding, Trace trace)
    {
        foreach (var line in trace.Lines)
        {
            to.WriteLine($"           {line}");
        }
        to.WriteLine($"         {finding.Message}");
        to.WriteLine($"         {advice}");
    }
}
