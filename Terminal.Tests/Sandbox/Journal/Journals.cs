using Terminal.Journal;
using Terminal.Journal.Log;

namespace Sandbox.Journal;

/// <summary>Real journals without a terminal around them.</summary>
static class Journals
{
    /// <summary>The one in a folder, which is made if there is none.</summary>
    public static PaymentJournal At(string folder, int room = LogFiles.Room, string? epoch = null)
    {
        if (!File.Exists(Path.Combine(folder, Bound.Name)))
        {
            Directory.CreateDirectory(folder);
            PaymentJournal.Create(new FolderDisk(folder), epoch is null ? null : new(epoch, Anchor.Start), room);
        }
        return new(folder);
    }

    /// <summary>The one on a disk, which is made if there is none, with short segments.</summary>
    public static PaymentJournal On(IDisk disk, int room = 64 << 10)
    {
        if (!disk.Names().Contains(Bound.Name))
        {
            PaymentJournal.Create(disk, room: room);
        }
        return new(disk);
    }

    /// <summary>Every payment's head, oldest first.</summary>
    public static IReadOnlyList<Head> Heads(this IJournal journal) =>
        [.. journal.ReadHeads(1, long.MaxValue).OrderBy(h => h.FirstSequence)];
}
