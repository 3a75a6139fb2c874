using Terminal.Payments.Orders;
using Terminal.Payments.Periods;

namespace Terminal.Journal;

/// <summary>The open business period at a start: the stored sums, and the entries after them.</summary>
static class KeptPeriod
{
    const int Page = 1000, MostKept = 1000;

    /// <summary>Counts the entries of the period, or only those after the stored sums.</summary>
    public static Period Read(Ledger ledger, (long Sequence, byte[] Bytes)? kept)
    {
        var start = ledger.PeriodStart;
        var period = new Period(start);
        if (kept is var (sequence, bytes) && sequence >= start)
        {
            (period, start) = (Decode(bytes), sequence + 1);
        }
        var from = start;
        var accounts = new Dictionary<PaymentId, OrderAccount>();
        while (ledger.Read(from, Page) is { Count: > 0 } page)
        {
            foreach (var entry in page.Where(e => e.PaymentId.Length > 0))
            {
                var (id, fact) = (new PaymentId(entry.PaymentId), FactCodec.Decode(entry));
                var before = accounts.GetValueOrDefault(id) ?? ledger.Before(id, fact, start);
                var after = OrderAccount.After(before, fact, entry.Sequence)
                    ?? throw new JournalFailedException($"entry {entry.Sequence} is of no request");
                accounts[id] = after;
                period = period.Take(before, after, fact, after.IsOfBooked(fact, ledger.Get));
            }
            from = page[^1].Sequence + 1;
        }
        return period;
    }

    /// <summary>
    /// The sums that a start need not count again. Of the steps that the head office lacks, only the newest are kept.
    /// </summary>
    public static byte[] Encode(Period period)
    {
        using var bytes = new MemoryStream();
        using (var writer = new BinaryWriter(bytes))
        {
            foreach (var number in (long[])[period.Start, .. Pair(period.Sales), .. Pair(period.Reversals),
                .. Pair(period.Refunds), period.Receipts.First, period.Receipts.Last, period.Gateway, period.Unbooked,
                period.AtHeadOffice, .. period.Ahead.TakeLast(MostKept).SelectMany(s => (long[])[s.Entry, s.Net])])
            {
                writer.Write(number);
            }
        }
        return bytes.ToArray();
    }

    static Period Decode(byte[] bytes)
    {
        using var reader = new BinaryReader(new MemoryStream(bytes));
        long Next() => reader.ReadInt64();
        var period = new Period(Next())
        {
            Sales = new((int)Next(), Next()),
            Reversals = new((int)Next(), Next()),
            Refunds = new((int)Next(), Next()),
            Receipts = ((int)Next(), (int)Next()),
            Gateway = Next(),
            Unbooked = Next(),
            AtHeadOffice = Next(),
        };
        while (reader.BaseStream.Position < bytes.Length)
        {
            period = period with { Ahead = period.Ahead.Enqueue((Next(), Next())) };
        }
        return period;
    }

    static long[] Pair(Tally tally) => [tally.Count, tally.Minor];
}
