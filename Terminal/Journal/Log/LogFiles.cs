namespace Terminal.Journal.Log;

/// <summary>A complete segment in a file of its own, without padding.</summary>
/// <param name="After">The entry before its first.</param>
readonly record struct SealedFile(long After, long Last)
{
    /// <summary>Name of a sealed file while it is being written.</summary>
    public const string Draft = "sealing";

    const string Suffix = ".sealed";

    public string Name => $"{After + 1:D19}-{Last:D19}{Suffix}";

    /// <summary>The sealed files among these names, in order.</summary>
    public static IEnumerable<SealedFile> Among(IEnumerable<string> names) =>
        names.Select(Parse).OfType<SealedFile>().OrderBy(f => f.After).ThenBy(f => f.Last);

    static SealedFile? Parse(string name) =>
        name.EndsWith(Suffix, StringComparison.Ordinal) && name[..^Suffix.Length].Split('-') is [var first, var last] &&
        long.TryParse(first, out var begin) && long.TryParse(last, out var end) && begin > 0 && end >= begin &&
        new SealedFile(begin - 1, end) is var file && file.Name == name ? file : null;
}

/// <summary>The files of a log: how they are named and made, and how damage to them is reported.</summary>
/// <remarks>Two files take turns: one is written, the other waits to be sealed or is free.</remarks>
static class LogFiles
{
    public static readonly string[] Slots = ["log.0", "log.1"];

    /// <summary>Length of each of the two files: about 250 payments.</summary>
    public const int Room = 4 << 20;

    public static byte[] ReadAll(IDiskFile file)
    {
        var bytes = new byte[file.Length];
        return file.Read(0, bytes) == bytes.Length ? bytes : throw new IOException("a file became shorter meanwhile");
    }

    public static byte[] ReadAll(IDisk disk, string name)
    {
        using var file = disk.Open(name);
        return ReadAll(file);
    }

    /// <summary>Makes a journal without entries in an empty folder.</summary>
    public static void Create(IDisk disk, Origin origin, LogState state, int room = Room)
    {
        var epoch = EpochOf(origin.Epoch);
        foreach (var slot in Slots.Reverse())
        {
            using var file = disk.Open(slot, create: true);
            if (slot == Slots[0])
            {
                state.Write(file, new(FrameKind.State, 0, 0, 1, origin.Anchor.Sequence) { Room = room }, (epoch, room));
            }
            else
            {
                new PieceWriter(file).Fill(room);
            }
            file.Flush();
        }
        using (var bound = disk.Open(Bound.Name, create: true))
        {
            bound.Write(0, new byte[2 * LogFrame.Block]);
            new Bound(1, origin.Anchor, origin.Anchor).Write(bound, epoch);
        }
        disk.Flush();
    }

    public static ulong EpochOf(string text) => Convert.ToUInt64(text, 16);

    public static string TextOf(ulong epoch) => epoch.ToString("x16");

    public static JournalFailedException Damaged(string what) => new(
        $"the journal is damaged: {what}; next step: terminal journal salvage shows what is sound, " +
        "terminal journal new-epoch begins anew with what is still needed")
    { IsDamage = true };

    public static JournalFailedException Foreign(string name) => new(
        $"{name} has the format of another version of this program, and nothing was touched; next step: install that " +
        "version")
    { IsForeign = true };
}
