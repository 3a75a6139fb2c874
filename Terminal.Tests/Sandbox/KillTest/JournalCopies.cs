using Terminal.Journal;
using Terminal.Payments;

namespace Sandbox.KillTest;

/// <summary>Reads the journal of a service that runs: from a copy, because the service locks its own.</summary>
static class JournalCopies
{
    const int Tries = 5;

    /// <exception cref="JournalFailedException">Every copy is damaged: it is not the copying.</exception>
    public static IReadOnlyList<Transaction> Transactions(string journalFile)
    {
        for (var tries = 1; ; tries++)
        {
            var folder = Directory.CreateTempSubdirectory("killtest-").FullName;
            try
            {
                return Open(journalFile, Path.Combine(folder, "copy.db"));
            }
            catch (JournalFailedException) when (tries < Tries)
            {
                // The service may have written between the two files.
            }
            finally
            {
                Directory.Delete(folder, recursive: true);
            }
        }
    }

    public static byte[] Read(string file)
    {
        if (!File.Exists(file))
        {
            return [];
        }
        using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        var bytes = new byte[stream.Length];
        return bytes[..stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false)];
    }

    static List<Transaction> Open(string journalFile, string copy)
    {
        File.WriteAllBytes(copy + "-wal", Read(journalFile + "-wal"));
        File.WriteAllBytes(copy, Read(journalFile));
        using var store = new SqliteJournal(copy, create: false);
        var ledger = new Ledger(store);
        return ledger.Verify() is [var finding, ..]
            ? throw new JournalFailedException(finding.ToString())
            : [.. store.ReadHeads(1, int.MaxValue).Select(ledger.Find)];
    }
}
