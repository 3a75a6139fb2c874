using System.Text.RegularExpressions;

namespace Terminal.Tests.Tidy;

/// <summary>Which folder of the product may know which: arrows go one way, and there is no circle.</summary>
public static partial class Arrows
{
    /// <summary>Beside itself and the clocks at the door; the longest name that fits a file counts.</summary>
    static readonly Dictionary<string, string[]> MayKnow = new()
    {
        ["Payments"] = [],
        ["Device"] = [],
        ["Panel.Words"] = ["Payments"],
        ["Journal"] = ["Payments", "Device"],
        ["Checkout"] = ["Payments", "Device", "Panel.Words", "Journal"],
        ["Backend"] = ["Payments", "Device", "Journal"],
        ["Acquirer"] = ["Payments", "Device", "Checkout"],
        ["Scanner"] = ["Payments", "Device"],
        ["Panel"] = ["Payments", "Device"],
        ["Ecr"] = ["Payments", "Device", "Panel.Words", "Checkout", "Scanner"],
    };

    /// <param name="door">Types that lie beside the folders and put them together.</param>
    public static IEnumerable<string> Against(SourceFile file, IReadOnlySet<string> door)
    {
        var own = file.Folder.Replace('/', '.')["Terminal".Length..].TrimStart('.');
        if (own is "" or "Commands")
        {
            // The door, and what a person does there.
            return [];
        }
        var room = MayKnow.Keys.Where(r => IsIn(own, r)).MaxBy(r => r.Length);
        return room is null
            ? [file.At(0, $"{own} has no arrows; give it some")]
            : Uses(file).Where(u => !IsIn(u.What, room) && !MayKnow[room].Any(r => IsIn(u.What, r)))
                .Concat(TypeUse().Matches(file.Code).Where(m => door.Contains(m.Value))
                    .Select(m => (What: m.Value, At: m.Index)))
                .Select(u => file.At(u.At, $"{room} knows {u.What}"));
    }

    /// <summary>No way along the arrows leads back.</summary>
    public static IEnumerable<string> Circles() => MayKnow.Keys.Where(r => Reach(r, []).Contains(r));

    static HashSet<string> Reach(string room, HashSet<string> seen)
    {
        foreach (var next in MayKnow[room].Where(seen.Add))
        {
            Reach(next, seen);
        }
        return seen;
    }

    static IEnumerable<(string What, int At)> Uses(SourceFile file) =>
        Qualified().Matches(file.Code).Select(m => (m.Groups[1].Value, m.Index));

    static bool IsIn(string name, string room) =>
        name == room || name.StartsWith(room + '.', StringComparison.Ordinal);

    [GeneratedRegex(@"(?<!namespace\s+)\bTerminal\.([A-Z]\w*(?:\.[A-Z]\w*)*)")]
    private static partial Regex Qualified();

    [GeneratedRegex(@"(?<![.\w])[A-Z]\w*(?=\.|\s+[a-z]\w*\s*[;,)=]|\()")]
    private static partial Regex TypeUse();
}
