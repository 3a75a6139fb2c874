using Terminal.Journal;

namespace Terminal.Tests.Journal;

public sealed class LiteDbJournalTests : JournalContract
{
    readonly DirectoryInfo place = Directory.CreateTempSubdirectory("journal #?% ");

    protected override IJournal Open() => new LiteDbJournal(Path.Combine(place.FullName, "journal.litedb"));

    protected override void Clean() => place.Delete(recursive: true);
}
