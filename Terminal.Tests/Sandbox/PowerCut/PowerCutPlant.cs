using Sandbox.Disk;

namespace Sandbox.PowerCut;

/// <summary>A planted fault that must turn the enumeration red.</summary>
public enum PowerCutPlant
{
    None,
    /// <summary>No flush reaches the medium.</summary>
    NoFlush,
    /// <summary>A file is flushed before it is written, not after.</summary>
    FlushFirst,
    /// <summary>The folder is never flushed.</summary>
    NoFolderFlush,
    /// <summary>A segment is deleted before it is durable that the log begins behind it.</summary>
    EarlyDelete,
    /// <summary>The newest frame is taken whatever its checksum says.</summary>
    TailUnchecked,
    /// <summary>The books are taken whatever their sums say, and no save of them is finished.</summary>
    BooksTrusted,
}

static class PowerCutPlants
{
    /// <summary>As the command line names them.</summary>
    public static readonly IReadOnlyDictionary<string, PowerCutPlant> Names =
        Enum.GetValues<PowerCutPlant>().Where(p => p != PowerCutPlant.None).ToDictionary(NameOf);

    /// <summary>Records a call as the program with this fault would have made it.</summary>
    public static void Add(this PowerCutPlant plant, List<DiskCall> calls, DiskCall call)
    {
        switch (plant, call)
        {
            case (PowerCutPlant.NoFlush, DiskCall.Flush):
            case (PowerCutPlant.NoFolderFlush, DiskCall.FlushFolder):
                break;
            case (PowerCutPlant.FlushFirst, DiskCall.Flush):
                calls.Insert(calls.FindLastIndex(c => c is not DiskCall.Write || c.File != call.File) + 1, call);
                break;
            case (PowerCutPlant.EarlyDelete, DiskCall.Delete)
                when call.File.EndsWith(".sealed", StringComparison.Ordinal):
                calls.Insert(calls.FindLastIndex(c => c is DiskCall.Write { File: "bound" }), call);
                break;
            default:
                calls.Add(call);
                break;
        }
    }

    static string NameOf(PowerCutPlant plant) => string.Concat(plant.ToString().Select((c, i) =>
        char.IsUpper(c) && i > 0 ? $"-{char.ToLowerInvariant(c)}" : char.ToLowerInvariant(c).ToString()));
}
