namespace Sandbox.Simulation;

/// <summary>
/// The model's own totals of the business period: a sale counts where its acknowledgement became durable, a return
/// where it was carried out, each of them once.
/// </summary>
sealed class PeriodBook(Books books)
{
    readonly Dictionary<PaymentPage, int> counted = [];
    Sums open, told;

    /// <summary>Counts the periods.</summary>
    public int Number { get; private set; }

    public void Wrote(string kind, PaymentPage page, byte[] body)
    {
        switch (kind)
        {
            case "acknowledged" when page.IsSale: Count(page, s => s with { Sales = s.Sales.Plus(page.Minor) }); break;
            case "withdrawn" when counted.TryGetValue(page, out var period): TakeBack(page.Minor, period); break;
            case "returned" when page.Order.Errand == Errand.Reversal:
                Count(page, s => s with { Reversals = s.Reversals.Plus(page.Minor) });
                break;
            case "returned": Count(page, s => s with { Refunds = s.Refunds.Plus(page.Minor) }); break;
            case "period-closed": Close(page, body); break;
        }
    }

    /// <summary>06 10 is about to be answered.</summary>
    public void Tells(Sums totals)
    {
        told = totals;
        Compare(told, "06 10");
    }

    /// <summary>The till reads what was told last on 06 10.</summary>
    /// <param name="count">Null: more than the field can hold.</param>
    public void Reads(long? minor, int? count)
    {
        if (minor != Math.Max(told.Net, 0) || (count is { } n && n != told.Count))
        {
            books.Break("totals", $"the till reads {count} of {minor}, it was told {told}");
        }
    }

    void Count(PaymentPage page, Func<Sums, Sums> add)
    {
        if (counted.TryAdd(page, Number))
        {
            open = add(open);
        }
    }

    /// <summary>The till tells by its number that it never booked what it acknowledged.</summary>
    void TakeBack(long minor, int period) => open = period == Number
        ? open with { Sales = open.Sales.Minus(minor) }
        : open with { Reversals = open.Reversals.Plus(minor) };

    void Close(PaymentPage page, byte[] body)
    {
        Compare(new(Read(body, "sales"), Read(body, "reversals"), Read(body, "refunds"),
            EntryText.Number(body, "unresolved")), page.Order.ToString());
        page.Minor = Math.Max(open.Net, 0); // A till can read no negative amount.
        Number++;
        open = default;
    }

    void Compare(Sums theirs, string where)
    {
        var mine = open with { Unresolved = books.Unresolved + books.Payments.Count(IsHeld) };
        if (theirs != mine)
        {
            books.Break("totals", $"{where} tells {theirs}, it is {mine}");
        }
    }

    static bool IsHeld(PaymentPage page) => page.Has(Written.Offered) && page.Standing == Written.Paid &&
        !page.Has(Written.Acknowledged | Written.Withdrawn);

    static Sum Read(byte[] body, string name) =>
        new(EntryText.Number(body, $"{name}Count"), EntryText.Number(body, $"{name}Minor"));
}

/// <summary>So many, and what they come to in minor units.</summary>
readonly record struct Sum(int Count, long Minor)
{
    public Sum Plus(long minor) => new(Count + 1, Minor + minor);

    public Sum Minus(long minor) => new(Count - 1, Minor - minor);
}

/// <summary>What a business period came to.</summary>
readonly record struct Sums(Sum Sales, Sum Reversals, Sum Refunds, int Unresolved)
{
    public long Net => Sales.Minor - Reversals.Minor - Refunds.Minor;

    public int Count => Sales.Count + Reversals.Count + Refunds.Count;
}
