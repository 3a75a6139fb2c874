using System.Security.Cryptography;
using System.Text;
using Terminal.Journal;
using Terminal.Journal.Log;
using static Terminal.Tests.Journal.JournalOrders;

namespace Terminal.Tests.Journal.Upkeep;

/// <summary>A journal with closed and open payments, and ways to damage it.</summary>
public abstract class NewEpochScene : IDisposable
{
    private protected readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("epoch-");
    private protected readonly string before;

    // Payments 1 and 2 are closed (entries 1-10), 3 is offered (11-13), 4 is requested (14).
    protected NewEpochScene()
    {
        using var journal = Place.Open(create: true);
        var ledger = new Ledger(journal);
        ledger.Pay(1);
        ledger.Pay(2);
        ledger.Commit([Requested(3)], At);
        ledger.Commit(Approved(3), At);
        ledger.Commit([Requested(4)], At);
        journal.Acknowledge(6);
        before = journal.Epoch;
    }

    public void Dispose()
    {
        folder.Delete(recursive: true);
        GC.SuppressFinalize(this);
    }

    private protected JournalPlace Place => new(folder.FullName);

    private protected string Aside => Path.Combine(folder.FullName, $"journal-{before}-1.aside", "journal");

    /// <summary>One bit in the frame that ends with this entry.</summary>
    private protected void Damage(long sequence)
    {
        var bytes = File.ReadAllBytes(LogFile);
        for (var at = 0; (at = LogFrame.Next(bytes, at)) >= 0; at++)
        {
            if (LogFrame.ReadHeader(bytes.AsSpan(at)) is ({ Kind: FrameKind.Entries } frame, _) &&
                frame.Last == sequence)
            {
                bytes[at + LogFrame.HeaderLength + 9] ^= 1;
                File.WriteAllBytes(LogFile, bytes);
                return;
            }
        }
    }

    private protected string LogFile => Path.Combine(Place.Home, LogFiles.Slots[0]);

    private protected static Dictionary<string, string> Files(string folder) => Directory.GetFiles(folder)
        .Where(f => Path.GetFileName(f) != "lock")
        .ToDictionary(f => Path.GetFileName(f), f => Convert.ToHexString(SHA256.HashData(File.ReadAllBytes(f))));

    private protected static string Body(Entry entry) => Encoding.UTF8.GetString(entry.Body);
}
