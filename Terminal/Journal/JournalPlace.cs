using Terminal.Device;
using Terminal.Journal.Log;
using Terminal.Journal.Upkeep;

namespace Terminal.Journal;

/// <summary>
/// The folder that holds a terminal's journal. A new journal is never begun silently. It is built beside the old one as
/// a draft, and renaming the identity makes it valid. If a power cut leaves steps undone, the next to open the journal
/// finishes them.
/// </summary>
sealed class JournalPlace(string folder)
{
    const string NewEpoch = "terminal journal new-epoch";

    /// <summary>The option of the command that begins a new epoch.</summary>
    public const string WithoutHistory = "--without-history";

    const string Identity = "journal.json";

    // From earlier versions of this program, which never ran on a box.
    static readonly string[] Earlier = ["journal.db", "journal.db-wal", "journal.litedb"];

    string IdentityFile => Path.Combine(folder, Identity);

    /// <summary>The journal's own folder.</summary>
    public string Home => Path.Combine(folder, "journal");

    string MarkFile => Path.Combine(folder, "journal.damaged");

    /// <summary>Of the journal that is there now; goes aside with it.</summary>
    public DamageMark Mark => new(MarkFile);

    /// <summary>Whether a terminal keeps its journal in this folder.</summary>
    public static bool IsIn(string folder) => Path.Exists(Path.Combine(folder, Identity));

    /// <summary>Opens the journal of this terminal.</summary>
    /// <param name="create">Makes the journal at the first start.</param>
    /// <exception cref="SettingsException">It is missing, or another one lies there.</exception>
    /// <exception cref="JournalFailedException">In use, damaged or not writable.</exception>
    public PaymentJournal Open(bool create) => Guard(() =>
    {
        RefuseEarlier();
        if (JournalIdentity.Read(IdentityFile) is { } identity)
        {
            Finish(identity);
            return Continue(identity, isReadOnly: false);
        }
        if (Directory.Exists(Home))
        {
            var found = new PaymentJournal(Home);
            new JournalIdentity(found.Epoch, 1, "").Write(IdentityFile);
            return found;
        }
        if (!create)
        {
            throw Missing("where no journal is", "the folder that the service keeps its journal in");
        }
        var origin = Origin.Fresh();
        var first = new JournalIdentity(origin.Epoch, 1, "");
        RemoveDrafts();
        PaymentJournal.Create(Directory.CreateDirectory(Draft(first), Private).FullName, origin);
        first.Write(IdentityFile);
        Finish(first);
        return Continue(first, isReadOnly: false);
    });

    /// <summary>Opens the journal only for reading, also while the service runs.</summary>
    /// <exception cref="SettingsException">It is missing, or another one lies there.</exception>
    public PaymentJournal Look() => Guard(() =>
    {
        RefuseEarlier();
        return JournalIdentity.Read(IdentityFile) is { } identity ? Continue(identity, isReadOnly: true) :
            Directory.Exists(Home) ? new(Home, isReadOnly: true) :
            throw Missing("where no journal is", "the folder that the service keeps its journal in");
    });

    /// <summary>Reads what it can, whatever is wrong with the journal.</summary>
    internal Salvage Salvage() => new(Home, ReadIdentityIfReadable()?.Epoch ?? "");

    /// <summary>
    /// For a journal that cannot be opened: the open payments that can be read, in a journal in memory that ends with
    /// the process, and the lock on the real journal.
    /// </summary>
    /// <exception cref="JournalFailedException">The journal is in use, or nothing in it can be read.</exception>
    internal (PaymentJournal Journal, IDisposable Ownership) Rescue(Payments.Stamp at) => Guard(() =>
    {
        var ownership = JournalLock.Take(Home);
        try
        {
            using var ruin = Salvage();
            var disk = new MemoryDisk();
            PaymentJournal.Create(disk);
            var journal = new PaymentJournal(disk);
            new CarryOver(ruin, onlyOpen: true).WriteTo(journal, ruin.Epoch, at);
            return (journal, (IDisposable)ownership);
        }
        catch
        {
            ownership.Dispose();
            throw;
        }
    });

    /// <summary>
    /// Begins a new epoch, because the journal is damaged, missing or restored from an old image. Carries over what
    /// must not be lost (<see cref="CarryOver"/>) and reports what it did.
    /// </summary>
    /// <param name="empty">
    /// Gives up a journal in which nothing can be read; otherwise such a journal is refused.
    /// </param>
    /// <exception cref="UnauthorizedAccessException">The folder belongs to another user.</exception>
    /// <exception cref="JournalFailedException">The journal is in use, or nothing in it can be read.</exception>
    public string BeginEpoch(Payments.Stamp at, bool empty = false) => Guard(() =>
    {
        FolderOwner.Demand(folder);
        RefuseEarlier();
        var identity = ReadIdentityIfReadable() ?? new("", 0, "");
        Finish(identity);
        using var ownership = Directory.Exists(Home) ? JournalLock.Take(Home) : null;
        using var ruin = Directory.Exists(Home) ? Salvage() : null;
        if (ruin is { Epoch: "" } && !empty)
        {
            throw new JournalFailedException(
                $"journal {Home}: nothing in it can be read, so no used code and no open payment would be carried " +
                $"over; next step: the folder from where it is whole, or, to give up what was in it: " +
                $"{NewEpoch} {WithoutHistory}");
        }
        var old = new CarryOver(ruin);
        var origin = Origin.Fresh();
        var before = identity.Epoch.Length > 0 ? identity.Epoch : old.Epoch;
        var next = new JournalIdentity(origin.Epoch, identity.Generation + 1, before);
        RemoveDrafts();
        var draft = Directory.CreateDirectory(Draft(next), Private).FullName;
        PaymentJournal.Create(draft, origin);
        using (var journal = new PaymentJournal(draft))
        {
            old.WriteTo(journal, before, at);
            if (new Audit(journal).Everything() is [var finding, ..])
            {
                throw new JournalFailedException($"the new epoch is not as it was written: {finding}");
            }
        }
        next.Write(IdentityFile);
        Finish(next);
        return $"epoch {next.Epoch} begins; {old}; the journal before lies in {Aside(next)}";
    });

    const UnixFileMode Private = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    PaymentJournal Continue(JournalIdentity identity, bool isReadOnly)
    {
        if (!Directory.Exists(Home))
        {
            throw Missing($"where the journal of epoch {identity.Epoch} is missing", $"it restored, or: {NewEpoch}");
        }
        var journal = new PaymentJournal(Home, isReadOnly);
        if (journal.Epoch == identity.Epoch)
        {
            return journal;
        }
        var found = journal.Epoch;
        journal.Dispose();
        throw Missing($"with a journal of epoch {found} instead of {identity.Epoch}", $"the right one, or: {NewEpoch}");
    }

    void RefuseEarlier()
    {
        if (Array.Find(Earlier, name => Path.Exists(Path.Combine(folder, name))) is { } name)
        {
            throw Missing($"with {name}, a journal of an earlier version that this one cannot read",
                "that version of this program, or another, empty folder");
        }
    }

    /// <summary>
    /// Runs after the identity has changed: the old journal goes aside and the draft takes its place. A power cut may
    /// follow any step, so each step first checks whether it is already done.
    /// </summary>
    void Finish(JournalIdentity identity)
    {
        var draft = Draft(identity);
        if (!Directory.Exists(draft))
        {
            return;
        }
        if (Directory.Exists(Home) || Path.Exists(MarkFile))
        {
            var aside = Directory.CreateDirectory(Aside(identity), Private).FullName;
            if (Directory.Exists(Home))
            {
                Directory.Move(Home, Path.Combine(aside, Path.GetFileName(Home)));
            }
            if (Path.Exists(MarkFile))
            {
                File.Move(MarkFile, Path.Combine(aside, Path.GetFileName(MarkFile)));
            }
            DirectorySync.Flush(aside);
            DirectorySync.Flush(folder);
        }
        Directory.Move(draft, Home);
        DirectorySync.Flush(folder);
    }

    string Draft(JournalIdentity next) => Path.Combine(folder, $"journal-{next.Epoch}-{next.Generation}.draft");

    string Aside(JournalIdentity next) => Path.Combine(folder, $"journal-{next.Before}-{next.Generation - 1}.aside");

    /// <summary>Removes drafts that were never made valid; a valid one has been finished by now.</summary>
    void RemoveDrafts()
    {
        foreach (var draft in new DirectoryInfo(folder).EnumerateDirectories("journal-*.draft"))
        {
            draft.Delete(recursive: true);
        }
    }

    JournalIdentity? ReadIdentityIfReadable()
    {
        try
        {
            return JournalIdentity.Read(IdentityFile);
        }
        catch (JournalFailedException e) when (!e.IsForeign)
        {
            return null;
        }
    }

    SettingsException Missing(string problem, string next) => new("state", $"\"{folder}\", {problem}", next);

    /// <summary>A failing disk is not a wrong setting: the next start may find it working.</summary>
    T Guard<T>(Func<T> work)
    {
        try
        {
            return work();
        }
        catch (IOException e)
        {
            throw new JournalFailedException($"journal {folder}: {e.Message}; check the disk, then start again", e);
        }
    }
}
