using Terminal.Journal;

namespace Terminal.Tests.Journal;

public sealed class SqliteJournalTests : JournalContract
{
    readonly TemporaryJournal place = new();

    protected override IJournal Open() => place.Open();

    protected override void Clean() => place.Dispose();
}
