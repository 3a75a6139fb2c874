using Terminal.Payments;

namespace Terminal.Journal;

/// <summary>
/// Adds up the open business period. Each thing counts where it became certain: a sale when the ECR acknowledged it, a
/// return when it was carried out; so what one period carries over, the next counts, and nothing counts twice.
/// </summary>
sealed class Period
{
    const int Page = 1000;

    Tally sales, reversals, refunds;
    (int First, int Last) receipts;

    /// <summary>From the entries of the period.</summary>
    public static Period Read(Ledger ledger)
    {
        var period = new Period();
        var sold = new Dictionary<PaymentId, Sale>();
        var counted = new HashSet<PaymentId>();
        var from = ledger.PeriodStart;
        while (ledger.Read(from, Page) is { Count: > 0 } page)
        {
            foreach (var entry in page.Where(e => e.PaymentId.Length > 0))
            {
                var (id, fact) = (new PaymentId(entry.PaymentId), FactCodec.Decode(entry));
                switch (fact)
                {
                    case Fact.Requested f: sold[id] = f.Sale; break;
                    case Fact.ReturnRequested f: sold[id] = f.Sale; break;
                    case Fact.Acknowledged: counted.Add(id); break;
                }
                var isTakenBack = fact is Fact.Withdrawn && (counted.Contains(id) || ledger.Has<Fact.Acknowledged>(id));
                if (isTakenBack || fact is Fact.Requested or Fact.ReturnRequested or Fact.Acknowledged or Fact.Returned)
                {
                    var sale = sold.GetValueOrDefault(id) ?? ledger.Find(id)!.Sale;
                    period.Take(sale, fact, wasCounted: counted.Contains(id));
                }
            }
            from = page[^1].Sequence + 1;
        }
        return period;
    }

    public Period Copy() => (Period)MemberwiseClone();

    /// <param name="entries">The newest entry of the journal.</param>
    /// <param name="stored">Up to here the head office has it.</param>
    public PeriodTotals Total(long entries, long stored) => new(sales, reversals, refunds, receipts, entries, stored);

    /// <param name="wasCounted">Of a sale that its ECR did not book after all: this period counted it.</param>
    public void Take(Sale sale, Fact fact, bool wasCounted = false)
    {
        var minor = sale.Amount.Minor;
        switch (sale.Instruction, fact)
        {
            case (_, Fact.Requested or Fact.ReturnRequested):
                receipts = (receipts.First == 0 ? sale.Receipt : receipts.First, sale.Receipt);
                break;
            case (Instruction.Authorisation, Fact.Acknowledged): sales = sales.Plus(minor); break;
            case (Instruction.Authorisation, Fact.Withdrawn) when wasCounted: sales = sales.Minus(minor); break;
            case (Instruction.Authorisation, Fact.Withdrawn): reversals = reversals.Plus(minor); break;
            case (Instruction.Return { Kind: ReturnKind.Reversal }, Fact.Returned):
                reversals = reversals.Plus(minor);
                break;
            case (Instruction.Return, Fact.Returned): refunds = refunds.Plus(minor); break;
        }
    }
}
