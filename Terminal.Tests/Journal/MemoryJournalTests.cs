using Sandbox.Journal;
using Terminal.Journal;

namespace Terminal.Tests.Journal;

public sealed class MemoryJournalTests : JournalContract
{
    MemoryJournal? last;

    private protected override IJournal Open() => last = last?.Crash() ?? new();

    protected override void Clean() => last?.Dispose();
}
