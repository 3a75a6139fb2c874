using Terminal.Payments;
using Terminal.Payments.Orders;
using Terminal.Payments.Periods;

namespace Terminal.Journal;

/// <summary>
/// Adds up the open business period. Each thing counts where it became certain: a sale when the ECR acknowledged it, a
/// return when it was carried out; so what one period carries over, the next counts, and nothing counts twice.
/// </summary>
/// <param name="start">Its first entry.</param>
sealed class Period(long start)
{
    const int Page = 1000, MostKept = 1000;

    Tally sales, reversals, refunds;
    (int First, int Last) receipts;
    long gateway, unbooked, atHeadOffice;

    /// <summary>
    /// The net after each entry that changed it and that the head office may not have. Such an entry is one of four or
    /// more, so the limit of the journal limits this, to a hundredth of it at most.
    /// </summary>
    Queue<(long Sequence, long Net)> ahead = new();

    long Net => sales.Minor - reversals.Minor - refunds.Minor;

    /// <summary>From the entries of the period; from what was kept of it, those behind that.</summary>
    public static Period Read(Ledger ledger, (long Sequence, byte[] Bytes)? kept)
    {
        var start = ledger.PeriodStart;
        var period = new Period(start);
        if (kept is var (sequence, bytes) && sequence >= start)
        {
            (period, start) = (Decode(bytes), sequence + 1);
        }
        var from = start;
        var known = new Dictionary<PaymentId, Known>();
        while (ledger.Read(from, Page) is { Count: > 0 } page)
        {
            foreach (var entry in page.Where(e => e.PaymentId.Length > 0))
            {
                var (id, fact) = (new PaymentId(entry.PaymentId), FactCodec.Decode(entry));
                var before = known.GetValueOrDefault(id) ?? ledger.Before(id, fact, start);
                var after = Known.After(before, fact, entry.Sequence)
                    ?? throw new JournalFailedException($"entry {entry.Sequence} is of no request");
                known[id] = after;
                period.Take(before, after, fact, wasBooked: ledger.IsOfBooked(after, fact));
            }
            from = page[^1].Sequence + 1;
        }
        return period;
    }

    /// <summary>What a start needs not read: of what the head office lacks the newest so many steps.</summary>
    public byte[] Encode()
    {
        using var bytes = new MemoryStream();
        using (var writer = new BinaryWriter(bytes))
        {
            var steps = ahead.TakeLast(MostKept).ToArray();
            foreach (var number in (long[])[start, sales.Count, sales.Minor, reversals.Count, reversals.Minor,
                refunds.Count, refunds.Minor, receipts.First, receipts.Last, gateway, unbooked, atHeadOffice,
                .. steps.SelectMany(s => (long[])[s.Sequence, s.Net])])
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
            sales = new((int)Next(), Next()),
            reversals = new((int)Next(), Next()),
            refunds = new((int)Next(), Next()),
            receipts = ((int)Next(), (int)Next()),
            gateway = Next(),
            unbooked = Next(),
            atHeadOffice = Next(),
        };
        while (reader.BaseStream.Position < bytes.Length)
        {
            period.ahead.Enqueue((Next(), Next()));
        }
        return period;
    }

    /// <summary>To be taken further; what is written up to now stays with the head office's figure.</summary>
    public Period Copy()
    {
        var copy = (Period)MemberwiseClone();
        copy.ahead = new();
        return copy;
    }

    /// <summary>The head office has the journal up to here: never less than before.</summary>
    public void Acknowledge(long stored)
    {
        while (ahead.TryPeek(out var next) && next.Sequence <= stored)
        {
            atHeadOffice = ahead.Dequeue().Net;
        }
    }

    /// <param name="open">At the gateway now, and in no total of the ECR.</param>
    /// <param name="entries">The newest entry of the journal.</param>
    /// <param name="stored">Up to here the head office has it.</param>
    public PeriodTotals Total(Tally open, long entries, long stored) =>
        new(sales, reversals, refunds, receipts, entries, stored)
        {
            Balance = new(gateway, atHeadOffice, open, open.Minor - unbooked),
        };

    /// <param name="wasBooked">Of a reversal: the ECR had acknowledged the sale that it returns.</param>
    public void Take(Known? before, Known after, Fact fact, bool wasBooked)
    {
        var net = Net;
        var takenBack = after.Booked == 0 ? before?.Booked ?? 0 : 0;
        Count(after.Transaction.Sale, fact, (takenBack, wasBooked));
        gateway += after.AtGateway - (before?.AtGateway ?? 0);
        unbooked += after.Unbooked - (before?.Unbooked ?? 0);
        if (Net != net)
        {
            ahead.Enqueue((after.Head.LastSequence, Net));
        }
    }

    void Count(Sale sale, Fact fact, (long TakenBack, bool Original) booked)
    {
        var minor = sale.Worth.Minor;
        switch (sale.Instruction, fact)
        {
            case (_, Fact.Ordered or Fact.Requested or Fact.ReturnRequested):
                receipts = (receipts.First == 0 ? sale.Receipt : receipts.First, sale.Receipt);
                break;
            case (Instruction.Authorisation, Fact.Acknowledged): sales = sales.Plus(minor); break;
            // The ECR did not book it after all.
            case (Instruction.Authorisation, Fact.Withdrawn) when booked.TakenBack >= start:
                sales = sales.Minus(minor);
                break;
            case (Instruction.Authorisation, Fact.Withdrawn) when booked.TakenBack > 0:
                reversals = reversals.Plus(minor);
                break;
            case (Instruction.Return { Kind: ReturnKind.Reversal }, Fact.Returned):
                // Whoever reverses a sale has heard of it, though its acknowledgement never came.
                sales = booked.Original ? sales : sales.Plus(minor);
                reversals = reversals.Plus(minor);
                break;
            case (Instruction.Return, Fact.Returned): refunds = refunds.Plus(minor); break;
        }
    }
}
