using Sandbox.Disk;
using Terminal.Journal;

namespace Sandbox.PowerCut;

/// <summary>A kind of store that the power is cut under; each keeps its files in a folder of its own.</summary>
/// <param name="Open">As the service does.</param>
/// <param name="OpenWatched">The same, and the watch sees every call on its files.</param>
public sealed record CutStore(Func<string, IJournal> Open, Func<string, DiskWatch, IJournal> OpenWatched)
{
    /// <summary>Its calls reach the watch of its folder through <see cref="DiskLayer"/>.</summary>
    public static readonly CutStore Sqlite = new(OpenSqlite, (folder, _) => OpenSqlite(folder));

    /// <exception cref="FormatException">There is none of this name in this build.</exception>
    public static CutStore Named(string? name) => name switch
    {
        "sqlite" => Sqlite,
        "litedb" => new(folder => new LiteDbJournal(folder), LiteDbRecorded.Open),
        _ => throw new FormatException("--store wants sqlite or litedb"),
    };

    static SqliteJournal OpenSqlite(string folder) => new(Path.Combine(folder, "journal.db"));
}
