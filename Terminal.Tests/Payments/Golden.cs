using System.Collections;
using System.Reflection;
using System.Text;
using Terminal.Payments;
using Terminal.Payments.Orders;
using Terminal.Tests.Tidy;

namespace Terminal.Tests.Payments;

/// <summary>One state in one situation, to be met by every input.</summary>
/// <param name="Title">What is special about it, if the state's name does not say it.</param>
sealed record Situation<TState>(string Title, TState State, Moment Now);

/// <summary>One input and how the tables call it.</summary>
sealed record Trial<TInput>(string Name, TInput Input);

/// <summary>
/// Writes a machine out as a table, state by state, and compares it with the approved one.
/// APPROVE=1 in the environment rewrites the approved one, to be reviewed as a diff.
/// </summary>
static class Golden
{
    /// <summary>Rows with the same result share a line; what changes nothing is listed below the table.</summary>
    public static void Table<TState, TInput>(
        StringBuilder text, Situation<TState> at, IEnumerable<Trial<TInput>> trials,
        Func<TState, TInput, Moment, (string Next, string Effects)> next) where TState : notnull
    {
        var same = Cell(at.State);
        var rows = trials.Select(t => (t.Name, Result: next(at.State, t.Input, at.Now))).ToList();
        var stays = rows.Where(r => r.Result == (same, "")).Select(r => r.Name).ToList();
        var all = rows.ConvertAll(r => r.Name);
        text.Append($"\n## {Name(at.State.GetType())}{(at.Title.Length > 0 ? $" — {at.Title}" : "")}\n\n");
        text.Append($"At {at.Now}: {same}\n");
        var groups = rows.Where(r => r.Result != (same, "")).GroupBy(r => r.Result, r => r.Name).ToList();
        if (groups.Count > 0)
        {
            text.Append("\n| input | next state | effects |\n|---|---|---|\n");
            foreach (var g in groups)
            {
                text.Append($"| {Join(g, all)} | {(g.Key.Next == same ? "=" : g.Key.Next)} | {g.Key.Effects} |\n");
            }
        }
        text.Append(stays.Count > 0 ? $"\nstays: {Join(stays, all)}\n" : "");
    }

    /// <summary>"pay: A", "pay: B" become "pay: A B", or "any pay" if there are no others.</summary>
    static string Join(IEnumerable<string> names, List<string> all) => string.Join(", ", names
        .GroupBy(Kind, (kind, some) => (Kind: kind, Some: some.ToList()))
        .Select(g => !g.Some[0].Contains(": ", StringComparison.Ordinal) ? g.Kind
            : g.Some.Count == all.Count(n => Kind(n) == g.Kind) ? $"any {g.Kind}"
            : $"{g.Kind}: {string.Join(' ', g.Some.Select(n => n[(g.Kind.Length + 2)..]))}"));

    static string Kind(string name) => name.Split(": ")[0];

    /// <summary>What the wake-up does, and that one tick earlier nothing happens.</summary>
    public static void Wake<TState>(
        StringBuilder text, Situation<TState> at, Moment wake, Func<TState, Moment, (string Next, string Effects)> next)
        where TState : notnull
    {
        if (wake == Moment.Never)
        {
            return;
        }
        Assert.Equal((Cell(at.State), ""), next(at.State, new(wake.Ticks - 1)));
        var (state, effects) = next(at.State, wake);
        text.Append($"\nwakes at {wake}: {state}{(effects.Length > 0 ? " — " : "")}{effects}\n");
    }

    public static void Verify(string file, string actual)
    {
        var path = Repository.PathOf(Path.Combine("Terminal.Tests", file));
        if (Environment.GetEnvironmentVariable("APPROVE") == "1")
        {
            File.WriteAllText(path, actual);
        }
        Assert.Equal(File.Exists(path) ? File.ReadAllText(path) : "", actual);
    }

    /// <summary>Every concrete member of a closed family, however deep.</summary>
    public static IEnumerable<Type> Family(Type type) => type.GetNestedTypes()
        .SelectMany(t => t.IsAbstract ? Family(t) : type.IsAssignableFrom(t) ? [t] : []);

    /// <summary>Fails if a member of the family was forgotten.</summary>
    public static void AssertComplete<T>(IEnumerable<T> samples) where T : notnull =>
        Assert.Equal(Family(typeof(T)).Select(Name).Order(), samples.Select(s => Name(s.GetType())).Distinct().Order());

    public static string Effects(Effect[] effects) => string.Join("; ", effects.Select(e => e switch
    {
        Effect.Record r => Cell(r.Fact) + "!",
        _ => Cell(e),
    }));

    /// <summary>A record in a few words: its name and what in it is not the same everywhere.</summary>
    public static string Cell(object? value) => value switch
    {
        null => "none",
        TimeSpan span => $"{span.TotalSeconds:0.###}s",
        Money or string or Moment or Enum or int or long or bool or PaymentId or RefundId => Plain(value),
        Terminal.Ecr.Session.SessionState s => Ecr.Session.SessionWords.Of(s),
        Transaction t => $"{Cell(t.Payment)} / {Cell(t.Delivery)}",
        _ when Parts(value) is { Count: > 0 } parts => $"{Name(value.GetType())}({string.Join(", ", parts)})",
        _ => Name(value.GetType()),
    };

    static string Plain(object value) =>
        $"{value}".Replace("AAAAAAAAAAAAAAAAAAAAAAAAAA", "ours", StringComparison.Ordinal)
        .Replace("RRRRRRRRRRRRRRRRRRRRRRRRRR", "R", StringComparison.Ordinal)
        .Replace("SSSSSSSSSSSSSSSSSSSSSSSSSS", "S", StringComparison.Ordinal);

    static List<string> Parts(object value)
    {
        var parts = new List<string>();
        foreach (var p in value.GetType().GetProperties(BindingFlags.Instance | BindingFlags.Public))
        {
            if (p.GetIndexParameters().Length > 0 || p.SetMethod is null || IsEverywhere(p))
            {
                continue;
            }
            var part = p.GetValue(value);
            if (part is not (null or "" or false or 0 or ICollection { Count: 0 }))
            {
                parts.Add(part is int or Moment or TimeSpan or true or long ? $"{p.Name} {Cell(part)}" : Cell(part));
            }
        }
        return parts;
    }

    static bool IsEverywhere(PropertyInfo p) =>
        p.PropertyType.IsAssignableTo(typeof(Order)) ||
        p.PropertyType == typeof(PaymentCode) || p.PropertyType == typeof(PaymentId);

    public static string Name(Type type) =>
        type.FullName!.Split('+') is [_, _, ..] parts ? string.Join('.', parts[1..]) : type.Name;
}
