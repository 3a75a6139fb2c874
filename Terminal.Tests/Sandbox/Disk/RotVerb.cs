using System.Globalization;

namespace Sandbox.Disk;

/// <summary><c>rot</c>: bits flip and files are cut anywhere in the state folder, and the terminal starts.</summary>
public static class RotVerb
{
    public static Verb Verb { get; } = new(
        "rot", "flipped bits and cut files anywhere in the state folder, and what a start makes of them",
        args => Task.FromResult(Run(args, Console.Out)))
    {
        Options =
        [
            ("--flips N", "places in which one bit flips; default 1000"),
            ("--cuts N", "places at which a file ends; default 200"),
            ("--seed S", "default 1"),
        ],
        Example = "--flips 50 --cuts 10",
        LastLine = "how many starts were right or stopped new payments, and how many were not; of what the bound of " +
            "the log covers that must be 0",
    };

    /// <returns>0: nothing that the bound covers was lost in silence, and nothing was wrong; 1: not so.</returns>
    internal static int Run(string[] args, TextWriter to)
    {
        var numbers = new Dictionary<string, int> { ["--flips"] = 1000, ["--cuts"] = 200, ["--seed"] = 1 };
        for (var i = 0; i < args.Length; i += 2)
        {
            if (!numbers.ContainsKey(args[i]) || !int.TryParse(
                args.ElementAtOrDefault(i + 1), CultureInfo.InvariantCulture, out var number) || number < 0)
            {
                return 64;
            }
            numbers[args[i]] = number;
        }
        using var rot = new Rot();
        var dice = new Random(numbers["--seed"]);
        var tallies = new SortedDictionary<string, int[]>(StringComparer.Ordinal);
        var firsts = new SortedDictionary<string, string>(StringComparer.Ordinal);
        for (var i = 0; i < numbers["--flips"] + numbers["--cuts"]; i++)
        {
            var (name, at) = rot.Place(dice);
            var isFlip = i < numbers["--flips"];
            var (verdict, why) = rot.Judge(name, isFlip ? rot.Flipped(name, at, dice.Next(8)) : rot.CutAt(name, at));
            var row = $"{(isFlip ? "flip" : "cut"),-5}{(rot.IsBehindBound(name, at) ? "behind the bound" : "covered")}";
            tallies.TryAdd(row, new int[Enum.GetValues<RotVerdict>().Length]);
            tallies[row][(int)verdict]++;
            firsts.TryAdd($"{verdict}: {name}", why);
        }
        return Tell(tallies, firsts, to);
    }

    static int Tell(
        SortedDictionary<string, int[]> tallies, SortedDictionary<string, string> firsts, TextWriter to)
    {
        var names = Enum.GetNames<RotVerdict>();
        to.WriteLine($"{"",-22}{string.Concat(names.Select(n => $"{n,16}"))}");
        var (starts, bad, behind) = (0, 0, 0);
        foreach (var (row, counts) in tallies)
        {
            to.WriteLine($"{row,-22}{string.Concat(counts.Select(n => $"{n,16}"))}");
            starts += counts.Sum();
            behind += row.EndsWith("bound", StringComparison.Ordinal) ? counts[(int)RotVerdict.Lost] : 0;
            bad += counts[(int)RotVerdict.Wrong] +
                (row.EndsWith("bound", StringComparison.Ordinal) ? 0 : counts[(int)RotVerdict.Lost]);
        }
        foreach (var (which, why) in firsts.Where(f => f.Value.Length > 0))
        {
            to.WriteLine($"first {which}: {why}");
        }
        var good = starts - bad - behind;
        to.WriteLine(
            $"rot: {starts} starts, {good} right or stopped, {behind} lost behind the bound, {bad} lost or wrong");
        return bad > 0 ? 1 : 0;
    }
}
