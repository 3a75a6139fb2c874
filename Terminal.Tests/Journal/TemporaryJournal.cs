using Sandbox.Journal;
using Terminal.Journal;
using Terminal.Journal.Log;

namespace Terminal.Tests.Journal;

/// <summary>A folder for one test, with a journal of short segments in it and a back door to its frames.</summary>
sealed class TemporaryJournal(int room = 512 << 10) : IDisposable
{
    readonly DirectoryInfo directory = Directory.CreateTempSubdirectory("journal #?% ");

    public string Path => System.IO.Path.Combine(directory.FullName, "journal");

    public PaymentJournal Open() => Journals.At(Path, room);

    public string FileOf(string name) => System.IO.Path.Combine(Path, name);

    /// <summary>Every file of it.</summary>
    public Dictionary<string, byte[]> Files() => Directory.GetFiles(Path)
        .ToDictionary(f => System.IO.Path.GetFileName(f), File.ReadAllBytes);

    /// <summary>The file of the segment that is written, and where its last frame begins.</summary>
    public (string File, int Offset) NewestFrame()
    {
        var start = new LogStart(new FolderDisk(Path));
        return (FileOf(LogFiles.Slots[start.ActiveSlot]), start.Active.End - start.Active.Newest.Padded);
    }

    public static void Flip(string file, int at, byte mask = 1)
    {
        var bytes = File.ReadAllBytes(file);
        bytes[at] ^= mask;
        File.WriteAllBytes(file, bytes);
    }

    /// <summary>Writes all of it anew, changed, with checksums that fit, as who knows the format can.</summary>
    public void Forge(Func<LogRecord, LogRecord> change)
    {
        IReadOnlyList<LogRecord> records;
        Bound bound;
        using (var disk = new Opened(Path))
        {
            (records, bound) = (disk.Log.Read(1, int.MaxValue), disk.Log.Bound);
            Epoch = disk.Epoch;
        }
        Directory.Delete(Path, recursive: true);
        Directory.CreateDirectory(Path);
        PaymentJournal.Create(new FolderDisk(Path), new(Epoch, bound.Begins), room);
        using var forged = new Opened(Path, isReadOnly: false);
        var standing = new RecentPayments();
        foreach (var record in records.Select(change))
        {
            if (!forged.Log.HasRoomFor([record]))
            {
                forged.Log.Rotate(new(standing, forged.Log.Hash, []));
            }
            forged.Log.Append([record]);
            standing.Take(record);
        }
        forged.Log.Acknowledged = Math.Min(bound.Acknowledged, forged.Log.Last);
        forged.Log.Renew();
    }

    public string Epoch { get; private set; } = "";

    public void Dispose() => directory.Delete(recursive: true);

    sealed class Opened : IDisposable
    {
        public Opened(string folder, bool isReadOnly = true)
        {
            var disk = new FolderDisk(folder, isReadOnly);
            var start = new LogStart(disk);
            (Epoch, Log) = (start.Epoch, new(disk, start, isReadOnly));
        }

        public string Epoch { get; }

        public JournalLog Log { get; }

        public void Dispose() => Log.Dispose();
    }
}
