using System.Globalization;

namespace Sandbox.Simulation;

/// <summary>
/// <c>exhaustive [--faults N] [--orders N] [--depth N] [--max-states N]</c>: searches everything that can happen.
/// Exit 0 if every promise holds, 1 with a counter-example, 2 if the arguments are wrong.
/// </summary>
public static class ExhaustiveVerb
{
    public static int Run(string[] args)
    {
        var bounds = new Bounds(Faults: 3, Orders: 1, MaxStates: 2_000_000);
        for (var i = 0; i < args.Length; i += 2)
        {
            if (i + 1 >= args.Length || !int.TryParse(args[i + 1], CultureInfo.InvariantCulture, out var n) || n < 1)
            {
                Console.Error.WriteLine($"{args[i]}: needs a number from 1 on");
                return 2;
            }
            switch (args[i])
            {
                case "--faults": bounds = bounds with { Faults = n }; break;
                case "--orders": bounds = bounds with { Orders = n }; break;
                case "--depth": bounds = bounds with { Depth = n }; break;
                case "--max-states": bounds = bounds with { MaxStates = n }; break;
                default:
                    Console.Error.WriteLine($"{args[i]}: unknown; use --faults, --orders, --depth, --max-states");
                    return 2;
            }
        }
        var found = Exhaustive.Shipped().Search(bounds);
        Console.WriteLine(
            $"{found.States} states, depth {found.Depth}, {found.Took.TotalSeconds:0.0} s, {bounds.Orders} order(s), "
            + $"up to {bounds.Faults} fault(s): {(found.Closed ? "all visited" : "stopped early")}");
        Console.WriteLine(found.Story.Count == 0 ? "every promise holds" : string.Join('\n', found.Story));
        return found.Story.Count == 0 ? 0 : 1;
    }
}
