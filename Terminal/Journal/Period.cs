using Terminal.Payments;

namespace Terminal.Journal;

/// <summary>
/// Adds up the open business period from its entries. Each thing counts where it became certain: a sale when the ECR
/// acknowledged it, a return when it was carried out; so what one period carries over, the next counts, and nothing
/// counts twice.
/// </summary>
sealed class Period(Ledger ledger)
{
    const int Page = 1000;

    /// <summary>Begun in this period, not yet counted.</summary>
    readonly Dictionary<PaymentId, Sale> begun = [];

    /// <summary>Counted, but an ECR that mirrors receipts may still say that it did not book it.</summary>
    readonly Dictionary<PaymentId, long> unfinished = [];
    Tally sales, reversals, refunds;
    (int First, int Last) receipts;

    public PeriodTotals Total(params (PaymentId Payment, Fact Fact)[] next)
    {
        var from = ledger.PeriodStart;
        while (ledger.Read(from, Page) is { Count: > 0 } page)
        {
            foreach (var entry in page.Where(e => e.PaymentId.Length > 0))
            {
                Take(new(entry.PaymentId), FactCodec.Decode(entry));
            }
            from = page[^1].Sequence + 1;
        }
        foreach (var (id, fact) in next)
        {
            Take(id, fact);
        }
        return new(sales, reversals, refunds, receipts, ledger.LastSequence, ledger.Stored);
    }

    void Take(PaymentId id, Fact fact)
    {
        switch (fact)
        {
            case Fact.Requested f: Begin(f.Sale); break;
            case Fact.ReturnRequested f: Begin(f.Sale); break;
            case Fact.Acknowledged or Fact.Returned: Count(Of(id), fact); break;
            case Fact.Completed: unfinished.Remove(id); break;
            case Fact.Withdrawn when unfinished.Remove(id, out var minor): sales = sales.Minus(minor); break;
            // Counted by a period before.
            case Fact.Withdrawn when ledger.Has<Fact.Acknowledged>(id):
                reversals = reversals.Plus(Of(id).Amount.Minor);
                break;
        }
    }

    void Begin(Sale sale)
    {
        begun[sale.Id] = sale;
        receipts = (receipts.First == 0 ? sale.Receipt : receipts.First, sale.Receipt);
    }

    Sale Of(PaymentId id) => begun.Remove(id, out var sale) ? sale : ledger.Find(id)!.Sale;

    void Count(Sale sale, Fact fact)
    {
        switch (sale.Instruction, fact)
        {
            case (Instruction.Authorisation, Fact.Acknowledged):
                sales = sales.Plus(sale.Amount.Minor);
                unfinished[sale.Id] = sale.Amount.Minor;
                break;
            case (Instruction.Return { Kind: ReturnKind.Reversal }, Fact.Returned):
                reversals = reversals.Plus(sale.Amount.Minor);
                break;
            case (Instruction.Return, Fact.Returned): refunds = refunds.Plus(sale.Amount.Minor); break;
        }
    }
}
