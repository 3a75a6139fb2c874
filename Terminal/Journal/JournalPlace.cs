using Terminal.Device;

namespace Terminal.Journal;

/// <summary>Opens or makes the store of one kind at a path; <see cref="Origin"/> is of one that is made.</summary>
public delegate IJournal OpenStore(StoreKind kind, string path, bool create, Origin? origin);

/// <summary>
/// The folder that holds the journal, and the choice of its store. A terminal never changes its store silently and
/// never begins anew where a journal was. A change is built beside the journal as a draft; renaming the identity
/// decides; what is left is finished by whoever opens the journal next.
/// </summary>
public sealed class JournalPlace(string folder, OpenStore open)
{
    static readonly string[] Beside = ["", "-wal", "-shm"];

    const string NewEpoch = "terminal journal new-epoch";

    /// <summary>The option of that verb.</summary>
    public const string WithoutHistory = "--without-history";

    const string Identity = "journal.json";

    string IdentityFile => Path.Combine(folder, Identity);

    /// <summary>Where the store of a kind is: a file and its log, or a folder.</summary>
    public string PathOf(StoreKind kind) =>
        Path.Combine(folder, kind == StoreKind.Sqlite ? "journal.db" : "journal.litedb");

    string MarkFile => Path.Combine(folder, "journal.damaged");

    /// <summary>Of the journal that is there now; goes aside with it.</summary>
    public DamageMark Mark => new(MarkFile);

    /// <summary>Does some terminal keep its journal in this folder?</summary>
    public static bool IsIn(string folder) => File.Exists(Path.Combine(folder, Identity));

    /// <summary>Opens the journal of this terminal.</summary>
    /// <param name="wanted">By the settings; null: whatever there is.</param>
    /// <param name="create">At the first start, make one.</param>
    /// <exception cref="SettingsException">Another store holds the journal, or it is missing.</exception>
    /// <exception cref="JournalFailedException">In use, damaged or not writable.</exception>
    public IJournal Open(StoreKind? wanted, bool create) =>
        JournalIdentity.Read(IdentityFile) is { } identity ? Continue(identity, wanted) : Begin(wanted, create);

    /// <summary>Moves the journal into another store, entry for entry; says what it did.</summary>
    /// <exception cref="UnauthorizedAccessException">The folder is another user's.</exception>
    public string Convert(StoreKind to)
    {
        FolderOwner.Demand(folder);
        Open(wanted: null, create: false).Dispose();
        var identity = JournalIdentity.Read(IdentityFile) ?? Adopt();
        if (identity.Store == to)
        {
            return $"the journal is in {Name(to)} already";
        }
        var next = identity with { Store = to, Generation = identity.Generation + 1, Before = identity.Epoch };
        RemoveDrafts();
        long copied;
        using (var source = open(identity.Store, PathOf(identity.Store), false, null))
        {
            using (var copy = open(to, Draft(next), true, new(source.Epoch, source.Anchor)))
            {
                copied = JournalCopy.Copy(source, copy);
            }
            using var written = open(to, Draft(next), false, null);
            JournalCopy.Compare(source, written);
        }
        next.Write(IdentityFile);
        Finish(next);
        return $"the journal is in {Name(to)} now, {copied} entries; the one before lies in {Aside(next)}";
    }

    /// <summary>
    /// Begins a new epoch, because the journal is damaged, missing or an old image; carries over what may not be lost
    /// (<see cref="CarryOver"/>) and says what it did.
    /// </summary>
    /// <param name="empty">A journal in which nothing can be read is given up; otherwise that is refused.</param>
    /// <exception cref="UnauthorizedAccessException">The folder is another user's.</exception>
    /// <exception cref="JournalFailedException">In use, or nothing in it can be read.</exception>
    public string BeginEpoch(StoreKind? wanted, Payments.Stamp at, bool empty = false)
    {
        FolderOwner.Demand(folder);
        var identity = ReadIdentityIfReadable() ?? new(OnlyStore() ?? wanted ?? StoreKind.Sqlite, "", 0, "");
        Finish(identity);
        using var ruin = Look(identity);
        var old = new CarryOver(ruin);
        if (old.Last.Sequence == 0 && Exists(identity.Store) && !empty)
        {
            throw new JournalFailedException(
                $"journal {PathOf(identity.Store)}: nothing in it can be read, so no used code and no open " +
                "payment would be carried over; next step: the file and its -wal from where they are whole, or, to " +
                $"give up what was in it: {NewEpoch} {WithoutHistory}");
        }
        var origin = Origin.Fresh();
        var before = identity.Epoch.Length > 0 ? identity.Epoch : old.Epoch;
        var next = new JournalIdentity(wanted ?? identity.Store, origin.Epoch, identity.Generation + 1, before);
        RemoveDrafts();
        using (var draft = open(next.Store, Draft(next), true, origin))
        {
            old.WriteTo(draft, before, at);
            if (new Audit(draft).Everything() is [var finding, ..])
            {
                throw new JournalFailedException($"the new epoch is not as it was written: {finding}");
            }
        }
        next.Write(IdentityFile);
        Finish(next);
        return $"epoch {next.Epoch} begins; {old}; the journal before lies in {Aside(next)}";
    }

    /// <summary>Not through the store where that can be avoided: one bad byte may keep it from opening.</summary>
    Ruin Look(JournalIdentity identity)
    {
        var path = PathOf(identity.Store);
        if (identity.Store != StoreKind.Sqlite || !Exists(identity.Store))
        {
            return new StoreRuin(() => open(identity.Store, path, false, null));
        }
        if (Files(path).Any(DamagedFile.IsInUse))
        {
            throw new JournalFailedException($"journal {path}: another process has it open: end that one first");
        }
        return new Salvage(path, identity.Epoch);
    }

    IJournal Continue(JournalIdentity identity, StoreKind? wanted)
    {
        Finish(identity);
        if (wanted is { } other && other != identity.Store)
        {
            throw Refusal($"\"{Name(other)}\", but the journal is in {Name(identity.Store)}",
                $"\"{Name(identity.Store)}\", or: terminal journal convert --to {Name(other)}");
        }
        foreach (var extra in Enum.GetValues<StoreKind>().Where(k => k != identity.Store && Exists(k)))
        {
            throw Missing($"where another journal lies in {PathOf(extra)}", "that one moved elsewhere");
        }
        if (!Exists(identity.Store))
        {
            throw Missing($"where the journal of epoch {identity.Epoch} is missing", $"it restored, or: {NewEpoch}");
        }
        var journal = open(identity.Store, PathOf(identity.Store), false, null);
        if (journal.Epoch == identity.Epoch)
        {
            return journal;
        }
        var found = journal.Epoch;
        journal.Dispose();
        throw Missing($"with a journal of epoch {found} instead of {identity.Epoch}", $"the right one, or: {NewEpoch}");
    }

    IJournal Begin(StoreKind? wanted, bool create)
    {
        var kind = OnlyStore();
        if (kind is { } there && wanted is { } other && other != there)
        {
            throw Refusal($"\"{Name(other)}\", but there is a journal in {Name(there)}",
                $"\"{Name(there)}\", or: terminal journal convert --to {Name(other)}");
        }
        if (kind is null && !create)
        {
            throw Missing("where no journal is", "the folder that the service keeps its journal in");
        }
        var store = kind ?? wanted ?? StoreKind.Sqlite;
        var journal = open(store, PathOf(store), create, null);
        if (create)
        {
            new JournalIdentity(store, journal.Epoch, 1, "").Write(IdentityFile);
        }
        return journal;
    }

    /// <summary>A journal that has no identity yet: the only one there.</summary>
    JournalIdentity Adopt()
    {
        var kind = OnlyStore()!.Value;
        using var journal = open(kind, PathOf(kind), false, null);
        return new(kind, journal.Epoch, 1, "");
    }

    /// <summary>
    /// After the identity changed: what was there goes aside, the draft takes its place. Each step may be the last one
    /// before a power cut, and is found done or not done the next time.
    /// </summary>
    void Finish(JournalIdentity identity)
    {
        var draft = Draft(identity);
        if (!Path.Exists(draft))
        {
            return;
        }
        var aside = Directory.CreateDirectory(Aside(identity)).FullName;
        foreach (var path in Enum.GetValues<StoreKind>().Select(PathOf).Append(MarkFile).SelectMany(Files))
        {
            Move(path, Path.Combine(aside, Path.GetFileName(path)));
        }
        DirectorySync.Flush(aside);
        DirectorySync.Flush(folder);
        Move(draft, PathOf(identity.Store));
        DirectorySync.Flush(folder);
    }

    string Draft(JournalIdentity next) => Path.Combine(folder, $"journal-{next.Epoch}-{next.Generation}.draft");

    string Aside(JournalIdentity next) => Path.Combine(folder, $"journal-{next.Before}-{next.Generation - 1}.aside");

    /// <summary>What nobody decided on: the one that was decided on is finished by now.</summary>
    void RemoveDrafts()
    {
        foreach (var draft in new DirectoryInfo(folder).EnumerateFileSystemInfos("journal-*.draft*"))
        {
            if (draft is DirectoryInfo store)
            {
                store.Delete(recursive: true);
            }
            else
            {
                draft.Delete();
            }
        }
    }

    /// <summary>A store's file and what SQLite keeps beside it, or its folder; as far as they exist.</summary>
    static string[] Files(string store) => [.. Beside.Select(suffix => store + suffix).Where(Path.Exists)];

    StoreKind? OnlyStore()
    {
        var found = Enum.GetValues<StoreKind>().Where(Exists).ToArray();
        return found.Length < 2
            ? found is [var only] ? only : null
            : throw Missing($"with a journal in {PathOf(found[0])} and one in {PathOf(found[1])}", "one of them alone");
    }

    /// <summary>Is anything there? An empty file is what a power cut leaves of one that was never used.</summary>
    bool Exists(StoreKind kind) => kind == StoreKind.Sqlite
        ? Files(PathOf(kind)).Any(file => new FileInfo(file).Length > 0)
        : Directory.Exists(PathOf(kind));

    JournalIdentity? ReadIdentityIfReadable()
    {
        try
        {
            return JournalIdentity.Read(IdentityFile);
        }
        catch (JournalFailedException)
        {
            return null;
        }
    }

    SettingsException Missing(string problem, string next) => new("state", $"\"{folder}\", {problem}", next);

    static SettingsException Refusal(string problem, string next) => new("journal.store", problem, next);

    static string Name(StoreKind kind) => kind.ToString().ToLowerInvariant();

    static void Move(string from, string to)
    {
        if (Directory.Exists(from))
        {
            Directory.Move(from, to);
        }
        else
        {
            File.Move(from, to);
        }
    }
}
