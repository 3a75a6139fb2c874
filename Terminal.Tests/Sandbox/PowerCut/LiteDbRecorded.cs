using Sandbox.Disk;
using Terminal.Journal;

namespace Sandbox.PowerCut;

/// <summary>A LiteDB journal whose two files tell a watch what is done to them.</summary>
static class LiteDbRecorded
{
    public static LiteDbJournal Open(string folder, DiskWatch watch)
    {
        var data = new RecordedFile(folder, "data", watch);
        var log = new RecordedFile(folder, "log", watch);
        watch.Before(new DiskCall.FlushFolder());
        return new(new LiteDbFiles(data, log), folder);
    }
}
