using System.Text;
using System.Text.Json;
using Terminal.Journal.Log;
using Terminal.Journal.Upkeep;
using Terminal.Payments;
using Terminal.Payments.Orders;

namespace Terminal.Journal;

/// <summary>The journal for people and other programs: findings, payments, entries, NDJSON.</summary>
sealed class JournalText(IJournal journal, TextWriter output)
{
    const int Page = 1000;

    /// <summary>Reads everything and reports what is wrong.</summary>
    /// <returns>True if the chain holds, nothing is missing, and every head follows from its entries.</returns>
    public bool Verify()
    {
        var findings = new Audit(journal).Everything();
        foreach (var finding in findings)
        {
            output.WriteLine(finding);
        }
        var last = journal.Last;
        var kept = (last?.Sequence ?? journal.Anchor.Sequence) - journal.Anchor.Sequence;
        output.WriteLine(
            $"journal: epoch {journal.Epoch}, {kept} entries{Dropped()}, " +
            $"last hash {(last is null ? "-" : Convert.ToHexStringLower(last.Hash))}, {findings.Count} findings");
        if (findings.Count > 0)
        {
            output.WriteLine("next step: keep its folder as it is; journal salvage shows what is " +
                "sound, then journal new-epoch begins anew with what is still needed");
        }
        return findings.Count == 0;

        string Dropped() => journal.Anchor.Sequence > 0 ? $" (1 to {journal.Anchor.Sequence} were dropped)" : "";
    }

    /// <summary>The newest entries, one per line.</summary>
    public void List(int count)
    {
        var from = Math.Max(1, (journal.Last?.Sequence ?? 0) - count + 1);
        foreach (var e in journal.Read(from, count))
        {
            output.WriteLine(
                $"{e.Sequence,8} {Time(e.UnixMilliseconds)} {e.PaymentId,-26} {e.Kind,-20} " +
                Encoding.UTF8.GetString(e.Body));
        }
    }

    /// <summary>Every payment, one per line, oldest first.</summary>
    public void ListPayments(Ledger ledger)
    {
        foreach (var head in journal.ReadHeads(1, long.MaxValue).OrderBy(h => h.FirstSequence))
        {
            output.WriteLine(Describe(ledger.Find(head)));
        }
    }

    /// <summary>
    /// One JSON object per line, after one with epoch and anchor. They hold exactly what was hashed, so that another
    /// program can check the chain.
    /// </summary>
    public void Export()
    {
        var (dropped, hash) = journal.Anchor;
        output.WriteLine(
            $$"""{"epoch":"{{journal.Epoch}}","dropped":{{dropped}},"hash":"{{Convert.ToHexStringLower(hash)}}"}""");
        long from = 1;
        while (journal.Read(from, Page) is { Count: > 0 } page)
        {
            foreach (var e in page)
            {
                output.WriteLine($$"""{"seq":{{e.Sequence}},{{Content(e)}}}""");
            }
            from = page[^1].Sequence + 1;
        }
    }

    /// <summary>The lines of an export, each with its verdict, and at the end the count of each verdict.</summary>
    /// <remarks><c>dropped</c> is null if the anchor cannot be read.</remarks>
    /// <returns>True if nothing is missing or in doubt.</returns>
    /// <exception cref="JournalFailedException">There is no such file, or it may not be read.</exception>
    internal static bool Salvage(Salvage salvage, TextWriter output)
    {
        var counts = Enum.GetValues<SalvageVerdict>().ToDictionary(v => v, _ => 0L);
        var (dropped, hash) = salvage.Anchor is var (sequence, bytes)
            ? ($"{sequence}", $"\"{Convert.ToHexStringLower(bytes)}\"")
            : ("null", "null");
        output.WriteLine($$"""{"epoch":"{{salvage.Epoch}}","dropped":{{dropped}},"hash":{{hash}}}""");
        foreach (var line in salvage.Entries())
        {
            counts[line.Verdict] += line.Upto - line.Sequence + 1;
            var verdict = line.Verdict.ToString().ToLowerInvariant();
            output.WriteLine(line.Entry is { } e
                ? $$"""{"seq":{{line.Sequence}},"verdict":"{{verdict}}",{{Content(e)}}}"""
                : $$"""{"seq":{{line.Sequence}},"verdict":"{{verdict}}","upto":{{line.Upto}}}""");
        }
        var totals = counts.Select(c => $"\"{c.Key.ToString().ToLowerInvariant()}\":{c.Value}");
        output.WriteLine($$"""{{{string.Join(',', totals)}},"dropped":{{dropped}}}""");
        return salvage.Problems.Count == 0 && counts.All(c => c.Key == SalvageVerdict.Intact || c.Value == 0);
    }

    // Names are escaped, because those of a damaged entry may hold anything.
    static string Content(Entry e) => $"""
        "payment":"{JsonEncodedText.Encode(e.PaymentId)}","kind":"{JsonEncodedText.Encode(e.Kind)}",
        "ms":{e.UnixMilliseconds},"body":"{Convert.ToBase64String(e.Body)}","hash":"{Convert.ToHexStringLower(e.Hash)}"
        """.ReplaceLineEndings("");

    public static string Describe(Transaction t) =>
        $"{t.Order.Id} {Time(t.Order.At.UnixMilliseconds)} receipt {t.Order.Receipt:0000} {AmountOf(t.Order),14} " +
        $"{t.Payment.GetType().Name,-18} till: {t.Delivery.GetType().Name}{(t.IsUnresolved ? "  UNRESOLVED" : "")}";

    /// <summary>The amount that was asked for, whatever goods were issued; the sum of an end-of-day.</summary>
    public static Money AmountOf(Order order) => order is Sale sale ? sale.Amount : order.Worth;

    /// <summary>A damaged entry may hold a number outside the range of times.</summary>
    static string Time(long ms) =>
        ms >= DateTimeOffset.MinValue.ToUnixTimeMilliseconds() && ms <= DateTimeOffset.MaxValue.ToUnixTimeMilliseconds()
        ? DateTimeOffset.FromUnixTimeMilliseconds(ms).ToString("yyyy-MM-dd HH:mm:ss")
        : $"{ms} ms";
}
