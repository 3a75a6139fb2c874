using Sandbox.Journal;
using Terminal.Journal;
using Terminal.Journal.Log;
using Terminal.Journal.Upkeep;
using Terminal.Payments;

namespace Sandbox.KillTest;

/// <summary>Reads the journal of a service that runs.</summary>
static class JournalCopies
{
    const int Tries = 5;

    /// <exception cref="JournalFailedException">It is damaged, again and again: it is not that it was being written.
    /// </exception>
    public static IReadOnlyList<Transaction> Transactions(string journal)
    {
        for (var tries = 1; ; tries++)
        {
            try
            {
                using var store = new PaymentJournal(journal, isReadOnly: true);
                var ledger = new Ledger(store);
                return new Audit(store).Everything() is [var finding, ..]
                    ? throw new JournalFailedException(finding.ToString())
                    : [.. store.Heads().Select(ledger.Find)];
            }
            catch (JournalFailedException) when (tries < Tries)
            {
                // The service may have written meanwhile.
            }
        }
    }

    /// <summary>Do these bytes stand in the log?</summary>
    public static bool Holds(string journal, ReadOnlySpan<byte> wanted)
    {
        foreach (var name in LogFiles.Slots)
        {
            if (Read(Path.Combine(journal, name)).AsSpan().IndexOf(wanted) >= 0)
            {
                return true;
            }
        }
        return false;
    }

    static byte[] Read(string file)
    {
        if (!File.Exists(file))
        {
            return [];
        }
        using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        var bytes = new byte[stream.Length];
        return bytes[..stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false)];
    }
}
