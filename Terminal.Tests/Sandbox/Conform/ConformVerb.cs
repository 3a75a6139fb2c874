using Sandbox.Conform.Cases;
using Sandbox.Ecr;
using Terminal.Device;
using Terminal.Ecr.Blocks;

namespace Sandbox.Conform;

/// <summary>
/// <c>conform</c>: tests a terminal, or a cash register, with everything that the protocol can bring.
/// </summary>
static class ConformVerb
{
    public static Verb Verb { get; } = new(
        "conform", "puts a terminal, or a cash register, through everything the protocol can bring", RunAsync)
    {
        Takes = "--self | --port DEVICE | --tcp HOST:PORT | --ecr --port DEVICE | --ecr --listen [HOST:]PORT | " +
            "--list [--ecr], then options",
        Options =
        [
            ("--self", "our own service, over both lines"),
            ("--port DEVICE", "a terminal at this serial line"),
            ("--tcp HOST:PORT", "a terminal that listens there"),
            ("--ecr", "with --port or --listen: a cash register is under test, not a terminal"),
            ("--listen [HOST:]PORT", "with --ecr: the cash register connects to this port; HOST is an address " +
                "of this machine, default all"),
            ("--no-questions", "with --ecr: ask nothing of what the register booked and leave those cases out; " +
                "somebody must still start each sale at the register"),
            ("--list", "the names of the cases, in brackets what each needs: Serial or Tcp, Gateway " +
                "(--sandbox-gateway), EndOfDay (--end-of-day), Time (not with --fast); the rest only --self has"),
            ("--case TEXT", "only the cases whose name contains it; default all. No case needs another one before it"),
            ("--stop", "at the first case that fails"),
            ("--fast", "leave out those that wait for a timer"),
            ("--baud N", "8 data bits, no parity, 2 stop bits; default 9600"),
            ("--password NNNNNN", "that the terminal wants; default 000000, taken by one that wants none"),
            ("--sandbox-gateway", "the terminal has \"sandbox gateway\" behind it: also the cases that need one"),
            ("--end-of-day", "also the cases that close the business period"),
            ("--trace FILE", "the bytes of all cases"),
        ],
        JudgesTheService = true,
        Example = "--port /dev/ttyUSB0 --sandbox-gateway",
        LastLine = "how many cases passed and failed; \"not run\" above it counts what something was missing for",
    };

    public static async Task<int> RunAsync(string[] args)
    {
        if (ConformOptions.Read(args) is not { } options)
        {
            return 64;
        }
        if (!(options.IsEcr ? RegisterCases.All.Select(c => c.Name) : Catalogue.All.Select(c => c.Name))
            .Any(options.IsChosen))
        {
            Console.Error.WriteLine($"conform: no case has \"{options.Case}\" in its name; --list shows them all");
            return 64;
        }
        if (options.IsList)
        {
            List(options, Console.Out);
            return 0;
        }
        using var traces = options.Trace is null ? null : new StreamWriter(options.Trace);
        Score score;
        try
        {
            score = options switch
            {
                { IsEcr: true } => Register(options, traces),
                { IsSelf: true } => await SelfAsync(options, traces),
                _ => Foreign(options, traces),
            };
        }
        catch (IOException e)
        {
            Console.Error.WriteLine($"conform: {e.Message}");
            return 74;
        }
        if (score.NotRun > 0)
        {
            Console.WriteLine($"not run: {score.NotRun}");
        }
        Console.WriteLine(score);
        return score is { Failed: 0, Passed: > 0 } ? 0 : 1;
    }

    /// <summary>Every case over a pty; then over TCP the cases that are not slow and those that only TCP has.</summary>
    static async Task<Score> SelfAsync(ConformOptions options, TextWriter? traces)
    {
        var score = new Score();
        foreach (var isTcp in new[] { false, true })
        {
            var cases = options.Choose(Catalogue.All).Where(c => IsPlayed(c, isTcp)).ToList();
            if (cases.Count > 0)
            {
                var folder = Directory.CreateTempSubdirectory("conform-");
                await using var terminal = await OwnTerminal.StartAsync(folder.FullName, isTcp);
                var around = terminal.Surroundings;
                var runner = new Runner(Console.Out, isTcp ? "[tcp] " : "[serial] ")
                {
                    Traces = traces,
                    StopsAtFailure = options.StopsAtFailure,
                };
                score += runner.Play(cases, around with { Has = around.Has | Needs.Time });
            }
        }
        return score;
    }

    public static bool IsPlayed(Case one, bool isTcp) => isTcp
        ? !one.Needs.HasFlag(Needs.Serial) && (one.Needs & (Needs.Tcp | Needs.Time)) != Needs.Time
        : !one.Needs.HasFlag(Needs.Tcp);

    static Score Foreign(ConformOptions options, TextWriter? traces)
    {
        // Tries once whether there is a line at all; over TCP each use connects anew.
        using var line = options.Tcp is { } place ? Open(Connection.To(place)) : Open(PortsLine.Open(options.Line));
        var around = options.Tcp is null
            ? new Surroundings(() => new(new LineWire(line), ""), false) { Has = Needs.Serial }
            : new Surroundings(() => Reached.Over(Connection.To(options.Tcp)), true) { Has = Needs.Tcp };
        around = around with { Has = around.Has | options.Allowed, Password = options.Password };
        if (around.IsTcp)
        {
            line.Dispose();
        }
        var runner = new Runner(Console.Out)
        {
            Traces = traces,
            StopsAtFailure = options.StopsAtFailure,
            Silence = options.Silence,
        };
        return runner.Play(options.Choose(Catalogue.All), around);
    }

    static Score Register(ConformOptions options, TextWriter? traces)
    {
        using var wire = new LineWire(options.Listen is { } place ? new ListeningLine(place)
            : Open(PortsLine.Open(options.Line)));
        var cashier = new Cashier(
            what => Console.WriteLine($"at the register, please: {what}"),
            receipt => Ask($"does the register hold receipt {receipt:0000} for paid?"));
        return new Runner(Console.Out) { Traces = traces, StopsAtFailure = options.StopsAtFailure }.Play(
            RegisterCases.All.Where(c => options.IsChosen(c.Name) && !(options.IsFast && c.IsSlow)),
            trace => new(RegisterPeer(wire, options.Listen is not null, trace), new(), trace),
            options.AsksNothing ? null : cashier);
    }

    /// <summary>The end that plays the terminal; after its ACK it leaves the same pause as our own terminal.</summary>
    public static Peer RegisterPeer(Wire wire, bool isTcp, Trace trace) =>
        new(wire, isTcp, trace) { PauseAfterAck = TimeSpan.FromMilliseconds(50) };

    static ISerialLine Open(Opened opened) => opened.Line ?? throw new IOException(opened.Problem);

    static bool Ask(string question)
    {
        while (true)
        {
            Console.Write($"{question} [y/n] ");
            switch (Console.ReadLine())
            {
                case "y": return true;
                case "n": return false;
                case null: throw new Deviation("an answer, y or n", "the end of the input");
            }
        }
    }

    static void List(ConformOptions options, TextWriter to)
    {
        var names = options.IsEcr
            ? RegisterCases.All.Where(c => options.IsChosen(c.Name)).Select(c => c.Name)
            : options.Choose(Catalogue.All).Select(c => $"{c.Name} ({c.Needs})");
        foreach (var name in names)
        {
            to.WriteLine(name);
        }
    }
}
