using Sandbox.Journal;
using Terminal.Journal;
using Terminal.Journal.Log;

namespace Terminal.Tests.Journal;

public sealed class PaymentJournalTests : JournalContract
{
    readonly MemoryDisk disk = new();

    private protected override IJournal Open() => Journals.On(disk);

    protected override void Clean()
    {
    }
}
