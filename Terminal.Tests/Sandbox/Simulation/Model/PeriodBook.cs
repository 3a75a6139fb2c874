namespace Sandbox.Simulation.Model;

/// <summary>
/// The model's own totals of the business period: a sale counts where its acknowledgement became durable, a return
/// where it was carried out, each of them once; beside them what the gateway's accounts held whenever the journal
/// learned of it, and what the entries come to that the head office has.
/// </summary>
sealed class PeriodBook(Books books)
{
    readonly Dictionary<PaymentPage, int> counted = [];
    readonly Dictionary<PaymentPage, long> confirmed = [];
    readonly HashSet<PaymentPage> booked = [];
    readonly List<(long Sequence, long Net)> nets = [];
    Sums open, told;

    /// <summary>Counts the periods.</summary>
    public int Number { get; private set; }

    /// <summary>So many entries the head office had at its best.</summary>
    public Func<long> AtHeadOffice { get; set; } = () => 0;

    public void Wrote(string kind, PaymentPage page, byte[] body)
    {
        if (page.IsSale)
        {
            Confirm(kind, page, body);
        }
        switch (kind)
        {
            case "acknowledged" when page.IsSale:
                booked.Add(page);
                Count(page, s => s with { Sales = s.Sales.Plus(page.Minor) });
                break;
            case "withdrawn" when page.Standing == Written.Paid || page is { Delivered: not null, OrderedBack: 0 }:
                TakeBack(page);
                break;
            case "returned" when page.Order.Errand == Errand.Reversal: Count(page, s => Reverse(s, page)); break;
            case "returned": Count(page, s => s with { Refunds = s.Refunds.Plus(page.Minor) }); break;
            case "period-closed": Close(page, body); break;
        }
        nets.Add((books.Journal.Count, open.Net));
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
    void TakeBack(PaymentPage page)
    {
        if (booked.Remove(page))
        {
            open = counted[page] == Number
                ? open with { Sales = open.Sales.Minus(page.Minor) }
                : open with { Reversals = open.Reversals.Plus(page.Minor) };
        }
    }

    /// <summary>A till that reverses a sale has heard of it, whatever became of its acknowledgement.</summary>
    Sums Reverse(Sums sums, PaymentPage page) => sums with
    {
        Sales = booked.Contains(page.Order.Of!) ? sums.Sales : sums.Sales.Plus(page.Minor),
        Reversals = sums.Reversals.Plus(page.Minor),
    };

    /// <summary>The journal learns what the gateway holds; of one that lies it believes what it was told.</summary>
    void Confirm(string kind, PaymentPage page, byte[] body)
    {
        long? told = kind switch
        {
            "paid" => page.Order.Minor,
            "refund-started" => page.Order.Minor - EntryText.Number(body, "returned"),
            "refund-settled" =>
                page.Order.Minor - EntryText.Number(body, "returned") - EntryText.Number(body, "minor"),
            "failed" or "cancelled" => 0,
            // A person returned what was not delivered, and no more.
            "resolved" when page.Delivered is not null && (page.IsPartOpen || booked.Contains(page)) => page.Kept,
            _ => null,
        };
        var isByHand = told is null && kind == "resolved" && !booked.Contains(page);
        if (told is not null || isByHand)
        {
            var before = confirmed.GetValueOrDefault(page);
            confirmed[page] = isByHand ? 0 : page.Lied || page.Misdeclined ? told!.Value : page.Kept;
            open = open with { Gateway = open.Gateway + confirmed[page] - before };
        }
    }

    /// <summary>At the gateway, and in no total of the till.</summary>
    Sum Unbooked() => confirmed.Select(c => !booked.Contains(c.Key) ? c.Value
            : c.Key.IsRestOpen ? c.Key.Undelivered
            : 0)
        .Where(minor => minor > 0)
        .Aggregate(default(Sum), (sum, minor) => sum.Plus(minor));

    /// <summary>Nothing was counted in the open period.</summary>
    public bool IsEmpty => open == default;

    long NetAtHeadOffice(long stored) =>
        nets.FindLast(n => n.Sequence <= Math.Min(stored, AtHeadOffice())).Net;

    void Close(PaymentPage page, byte[] body)
    {
        var theirs = new Sums(Read(body, "sales"), Read(body, "reversals"), Read(body, "refunds"),
            EntryText.Number(body, "unresolved"))
        {
            Gateway = EntryText.Number(body, "gatewayMinor"),
            HeadOffice = EntryText.Number(body, "headOfficeMinor"),
            Open = Read(body, "open"),
            Before = EntryText.Number(body, "beforeMinor"),
            Stored = EntryText.Number(body, "stored"),
        };
        Compare(theirs, page.Order.ToString());
        page.Minor = Math.Max(open.Net, 0); // A till can read no negative amount.
        Number++;
        open = new() { Before = Unbooked().Minor };
        nets.Clear();
    }

    void Compare(Sums theirs, string where)
    {
        var mine = open with
        {
            Unresolved = books.Unresolved + books.Payments.Count(IsHeld),
            HeadOffice = NetAtHeadOffice(theirs.Stored),
            Stored = theirs.Stored,
            Open = Unbooked(),
        };
        if (theirs != mine)
        {
            books.Break("totals", $"{where} tells {theirs}, it is {mine}");
        }
        if (mine.Gateway != mine.Net + mine.Open.Minor - mine.Before)
        {
            books.Break("totals", $"{where}: {mine} does not add up");
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
    /// <summary>Taken less returned, as far as the gateway told.</summary>
    public long Gateway { get; init; }

    /// <summary>So many entries the head office acknowledged.</summary>
    public long Stored { get; init; }

    /// <summary>The net that these come to.</summary>
    public long HeadOffice { get; init; }

    /// <summary>At the gateway, and in no total of the till.</summary>
    public Sum Open { get; init; }

    /// <summary>The same when the period began.</summary>
    public long Before { get; init; }

    public long Net => Sales.Minor - Reversals.Minor - Refunds.Minor;

    public int Count => Sales.Count + Reversals.Count + Refunds.Count;
}
