using System.Security.Cryptography;
using Sandbox.Disk;
using Sandbox.Journal;

namespace Sandbox.PowerCut;

/// <summary>How many images one kind of cut left, and what they came to.</summary>
sealed record CutTally(string Model)
{
    public int Images { get; set; }

    /// <summary>Images in which an acknowledged entry is missing.</summary>
    public int Lost { get; set; }

    public int Unreadable { get; set; }

    /// <summary>Images in which the books say what the log does not.</summary>
    public int Wrong { get; set; }

    /// <summary>The first that is not sound, to see it again.</summary>
    public string? First { get; set; }
}

/// <summary>
/// Cuts the power after each recorded call, in every way, and opens what is left. Images that are alike are opened
/// once.
/// </summary>
/// <param name="plant">What the program that opens them leaves out.</param>
sealed class Enumeration(Recording recording, ulong seed, PowerCutPlant plant = PowerCutPlant.None)
{
    const int Workers = 2;

    /// <summary>Of images that wait to be opened.</summary>
    const long MostBytes = 64 << 20;

    readonly Survivor survivor = new(recording);
    readonly HashSet<string> seen = [];
    readonly Dictionary<string, CutTally> tallies = [];

    public IReadOnlyCollection<CutTally> Tallies => tallies.Values;

    /// <param name="every">Cuts at every such call; 1: at all.</param>
    /// <param name="draws">How many cuts of each kind there.</param>
    public void Run(IReadOnlyList<CutModel> models, int every = 1, int draws = 1)
    {
        var platter = new Platter(recording.Initial);
        var images = new List<Image>();
        for (var point = 0; point <= recording.Calls.Count; point++)
        {
            if (point >= recording.Begun && (point % every == 0 || recording.Calls[point - 1] is not DiskCall.Write))
            {
                images.AddRange(Draw(platter, point, models, draws).Where(IsNew));
            }
            if (images.Count >= 64 || images.Sum(i => i.Length) >= MostBytes || point == recording.Calls.Count)
            {
                Judge(images);
                images.Clear();
            }
            if (point < recording.Calls.Count)
            {
                platter.Apply(recording.Calls[point]);
            }
        }
    }

    IEnumerable<Image> Draw(Platter platter, int point, IReadOnlyList<CutModel> models, int draws)
    {
        var pending = platter.PendingCalls();
        var promised = recording.PromisedAt(point);
        foreach (var model in models)
        {
            for (var draw = 0; draw < draws; draw++)
            {
                var cut = model.Draw(pending, DiceFor(point, draw));
                yield return new(model.Name, $"call {point}, draw {draw}", promised, platter.Leave(cut));
            }
        }
        for (var undone = 1; undone <= platter.UnflushedNames; undone++)
        {
            var cut = CutModel.All[0].Draw(pending, new(0));
            yield return new("names", $"call {point}, {undone} undone", promised, platter.Leave(cut, undone));
        }
    }

    /// <summary>Of one image, so that it can be made again alone.</summary>
    Random DiceFor(int point, int draw) =>
        new(unchecked((int)((seed * 1_000_003) + ((ulong)point * 101) + (ulong)draw)));

    bool IsNew(Image image)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(BitConverter.GetBytes(image.Promised));
        foreach (var (name, bytes) in image.Files.OrderBy(f => f.Key, StringComparer.Ordinal))
        {
            hash.AppendData(System.Text.Encoding.UTF8.GetBytes($"{name} {bytes.Length} "));
            hash.AppendData(bytes);
        }
        return seen.Add(Convert.ToHexString(hash.GetHashAndReset()));
    }

    void Judge(List<Image> images)
    {
        var verdicts = new ImageVerdict[images.Count];
        Parallel.For(0, images.Count, new() { MaxDegreeOfParallelism = Workers }, i =>
        {
            verdicts[i] = survivor.Check(
                Believing.Image(plant, images[i].Files).ToDisk(), images[i].Promised);
        });
        for (var i = 0; i < verdicts.Length; i++)
        {
            Count(images[i], verdicts[i]);
        }
    }

    void Count(Image image, ImageVerdict verdict)
    {
        if (!tallies.TryGetValue(image.Model, out var tally))
        {
            tallies.Add(image.Model, tally = new(image.Model));
        }
        tally.Images++;
        tally.Lost += verdict.Lost > 0 ? 1 : 0;
        tally.Unreadable += verdict.Unreadable is null ? 0 : 1;
        tally.Wrong += verdict.Wrong is null ? 0 : 1;
        if (!verdict.IsSound)
        {
            tally.First ??= $"{image.Where}: {verdict.Unreadable ?? verdict.Wrong ?? $"{verdict.Lost} entries lost"}";
        }
    }

    sealed record Image(string Model, string Where, long Promised, Dictionary<string, byte[]> Files)
    {
        public long Length => Files.Values.Sum(f => (long)f.Length);
    }
}
