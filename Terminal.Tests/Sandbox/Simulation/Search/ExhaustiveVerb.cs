using System.Globalization;

namespace Sandbox.Simulation.Search;

/// <summary><c>exhaustive</c>: searches everything that can happen.</summary>
public static class ExhaustiveVerb
{
    public static Verb Verb { get; } = new(
        "exhaustive", "everything that can happen to a sale with a code and its returns, breadth first",
        args => Task.FromResult(Run(args)))
    {
        Options =
        [
            ("--orders N", "of the till; default 1"),
            ("--returns N", "reversals and refunds of the till; 0: none; default 2"),
            ("--shared A,B", "two sales of so many cents were booked before under one receipt number, by which "
                + "the till orders the returns; no other order"),
            ("--faults N", "losses, refusals, aborts and crashes in one story; default 2"),
            ("--session A,B", "between a till, the session and the desk instead, with --orders N as so many commands "
                + "of the till: serial or tcp, numbered, mirrored"),
            ("--depth N", "steps of a story; default no limit"),
            ("--max-states N", "stops early beyond; default 2000000"),
        ],
        Example = "--faults 1 --returns 2",
        LastLine = "every promise holds, or the shortest story of one that does not",
    };

    /// <returns>0: every promise holds; 1: with a counter-example; 64: wrong command line.</returns>
    public static int Run(string[] args)
    {
        var bounds = new Bounds(Faults: 2, Orders: 1, Returns: 2, MaxStates: 2_000_000);
        string[]? session = null;
        for (var i = 0; i < args.Length; i += 2)
        {
            if (args[i] == "--session" && args.ElementAtOrDefault(i + 1)?.Split(',') is { } words &&
                words.All(w => w is "serial" or "tcp" or "numbered" or "mirrored"))
            {
                session = words;
                continue;
            }
            if (args[i] == "--shared" && AmountsOf(args.ElementAtOrDefault(i + 1)) is { } shared)
            {
                bounds = bounds with { Orders = 0, Shared = shared };
                continue;
            }
            var least = args[i] == "--returns" ? 0 : 1;
            if (i + 1 >= args.Length || !int.TryParse(args[i + 1], CultureInfo.InvariantCulture, out var n)
                || n < least)
            {
                Console.Error.WriteLine($"{args[i]}: needs a number from {least} on");
                return 64;
            }
            switch (args[i])
            {
                case "--faults": bounds = bounds with { Faults = n }; break;
                case "--orders": bounds = bounds with { Orders = n }; break;
                case "--returns": bounds = bounds with { Returns = n }; break;
                case "--depth": bounds = bounds with { Depth = n }; break;
                case "--max-states": bounds = bounds with { MaxStates = n }; break;
                default:
                    Console.Error.WriteLine($"{args[i]} is not an option");
                    return 64;
            }
        }
        var found = session is null ? Exhaustive.Shipped().Search(bounds) : Between(session, bounds);
        var what = session is null
            ? $"{bounds.Orders} order(s), {bounds.Returns} return(s)"
            : $"{bounds.Orders} command(s), {string.Join(", ", session)}";
        Console.WriteLine(
            $"{found.States} states, depth {found.Depth}, {found.Took.TotalSeconds:0.0} s, {what}, "
            + $"up to {bounds.Faults} fault(s): {(found.Closed ? "all visited" : "stopped early")}");
        Console.WriteLine(found.Story.Count == 0 ? "every promise holds" : string.Join('\n', found.Story));
        return found.Story.Count == 0 ? 0 : 1;
    }

    static Findings Between(string[] words, Bounds bounds) =>
        new LineSearch(new(bounds.Orders, bounds.Faults, words.Contains("tcp"), words.Contains("numbered"))
        {
            IsMirrored = words.Contains("mirrored"),
            MaxStates = bounds.MaxStates,
        }).Search();

    static long[]? AmountsOf(string? text) =>
        text?.Split(',').Select(a => long.TryParse(a, CultureInfo.InvariantCulture, out var n) ? n : 0).ToArray() is
            [> 1, > 1] amounts ? amounts : null;
}
