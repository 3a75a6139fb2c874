namespace Sandbox.PowerCut;

/// <summary>One way in which the power goes.</summary>
/// <param name="Fate">Of each write on its way.</param>
/// <param name="Size">What becomes of the length of a file that was growing.</param>
public sealed record Cut(Func<Pending, Fate> Fate, Size Size, Random Dice);

/// <summary>What a cut makes of the length of a file.</summary>
public enum Size
{
    /// <summary>It follows from the writes that were kept.</summary>
    Follows,
    /// <summary>Somewhere between what was durable and what follows from the writes.</summary>
    FallsShort,
}

static class Sizes
{
    public static byte[] Fit(this Size size, byte[] bytes, int durable, Random dice) =>
        size == Size.FallsShort && bytes.Length > durable ? bytes[..dice.Next(durable, bytes.Length)] : bytes;
}

/// <summary>A kind of cut: how real media lose what was written since the last flush.</summary>
/// <param name="Draw">Draws one cut for what is pending.</param>
public sealed record CutModel(string Name, Func<IReadOnlyList<Pending>, Random, Cut> Draw)
{
    const int Recent = 24;

    public static readonly IReadOnlyList<CutModel> All =
    [
        new("kept", (_, dice) => Cut(_ => Fate.Kept, dice)),
        new("lost", (_, dice) => Cut(_ => Fate.Lost, dice)),
        new("log-lost", (_, dice) => Cut(p => IsLog(p) ? Fate.Lost : Fate.Kept, dice)),
        new("books-lost", (_, dice) => Cut(p => IsLog(p) ? Fate.Kept : Fate.Lost, dice)),
        new("prefix", Prefix),
        new("file-prefix", FilePrefix),
        new("torn", (all, dice) => Cut(p => p.Order == all.Count - 1 ? Fate.Sectors : Fate.Kept, dice)),
        new("blocks", (_, dice) => Cut(_ => Fate.Blocks, dice)),
        new("sectors", (_, dice) => Cut(_ => Fate.Sectors, dice)),
        new("recent", (all, dice) => Cut(p => p.Order < all.Count - Recent ? Fate.Kept : Fate.Blocks, dice)),
        new("garbage", (_, dice) => Cut(_ => Fate.Garbage, dice)),
        new("spill", (_, dice) => Cut(_ => Fate.Spill, dice)),
        new("short", (_, dice) => new(_ => Fate.Kept, Size.FallsShort, dice)),
        new("zeros", (_, dice) => Cut(_ => Fate.Zeros, dice)),
    ];

    static Cut Cut(Func<Pending, Fate> fate, Random dice) => new(fate, Size.Follows, dice);

    static bool IsLog(Pending p) => !p.File.StartsWith("books.", StringComparison.Ordinal);

    static Cut Prefix(IReadOnlyList<Pending> all, Random dice)
    {
        var kept = dice.Next(all.Count + 1);
        return Cut(p => p.Order < kept ? Fate.Kept : Fate.Lost, dice);
    }

    static Cut FilePrefix(IReadOnlyList<Pending> all, Random dice)
    {
        var kept = all.Select(p => p.File).Distinct().ToDictionary(f => f, _ => dice.Next(all.Count + 1));
        return Cut(p => p.Order < kept[p.File] ? Fate.Kept : Fate.Lost, dice);
    }
}
