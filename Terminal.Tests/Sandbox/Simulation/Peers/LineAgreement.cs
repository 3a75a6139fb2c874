using Sandbox.Simulation.Model;
using Terminal.Checkout;
using Terminal.Payments;
using Terminal.Payments.Orders;

namespace Sandbox.Simulation.Peers;

/// <summary>What the till of a world uses beyond the plain protocol, and the receipt number that it holds.</summary>
sealed class LineAgreement
{
    /// <summary>Keeps the numbers of returns, and of sales that were not paid, too.</summary>
    readonly bool keepsAll;
    readonly bool tellsWithErrands;
    readonly Books books;
    readonly double issuesParts, restarts;
    readonly Dice parts;
    int? held;

    /// <param name="dice">Its own: the worlds without any of this stay as they are.</param>
    /// <param name="bytes">Messages are numbered at byte level only.</param>
    public LineAgreement(Dice dice, Books books, bool bytes)
    {
        this.books = books;
        Mirrors = dice.Chance(0.25);
        keepsAll = dice.Chance(0.5);
        // A number that a return brought says nothing about the sale before, unless the return brought one too.
        tellsWithErrands = keepsAll || dice.Chance(0.5);
        Numbers = bytes && dice.Chance(0.25);
        HearsProgress = dice.Chance(0.7);
        issuesParts = dice.Chance(0.3) ? dice.Pick(0.1, 0.3, 0.7) : 0;
        parts = new(dice.Next());
        // A till that mirrors numbers counts back by one, which is right for the real highest one only.
        HighestReceipt = !Mirrors && dice.Chance(0.25) ? dice.Pick(4, 9, 17) : 9999;
        restarts = dice.Chance(0.3) ? dice.Pick(0.05, 0.2) : 0;
    }

    /// <summary>Receipt numbers begin anew after this one, so that sales of one period share them.</summary>
    public int HighestReceipt { get; }

    /// <summary>Where sales share their numbers, more of them come back.</summary>
    public bool ReturnsOne() => HighestReceipt < 9999 && parts.Chance(0.2);

    /// <summary>The till starts again in the middle of the next order, and sends 06 00.</summary>
    public bool StartsAgain() => parts.Chance(restarts);

    /// <summary>When, in seconds from its order on.</summary>
    public TimeSpan StartsAgainIn() => parts.Seconds(0, parts.Pick(1, 8, 40));

    /// <summary>A till that started again asks 06 20, unless it just goes on.</summary>
    public bool AsksAfterStart() => parts.Chance(0.7);

    /// <summary>As the box hands the numbers out.</summary>
    public Decide Numbering(Decide decide) => (state, input, now) => decide(state, input switch
    {
        DeskInput.Ordered e => new DeskInput.Ordered(e.Order with { Sale = Wrapped(e.Order.Sale) }),
        DeskInput.ReturnOrdered e => new DeskInput.ReturnOrdered(e.Order with { Numbers = Wrapped(e.Order.Numbers) })
        {
            Mirror = e.Mirror,
        },
        DeskInput.CloseOrdered e => e with { Numbers = Wrapped(e.Numbers) },
        _ => input,
    }, now);

    Sale Wrapped(Sale sale) => sale.Receipt > HighestReceipt ? sale with { Receipt = 1 } : sale;

    OrderNumbers Wrapped(OrderNumbers numbers) =>
        numbers.Receipt > HighestReceipt ? numbers with { Receipt = 1 } : numbers;

    /// <summary>The till issues a part of the goods now and then.</summary>
    public bool IssuesParts => issuesParts > 0;

    /// <summary>The wallet of the next customer returns the whole of a payment, or nothing.</summary>
    public bool DrawsIndivisible() => IssuesParts && parts.Chance(0.2);

    /// <summary>What the till issues of an order: perhaps nothing, or more than was paid; null: 80 00 00.</summary>
    public long? Issues(long minor) => !parts.Chance(issuesParts) ? null : parts.Below(8) switch
    {
        0 => 0,
        1 => minor,
        2 => minor + 1 + parts.Below(1000),
        _ => parts.Below((int)minor),
    };

    /// <summary>A till that hears once more of what it knows says its 84 9D again, or yes.</summary>
    public bool SaysItAgain() => parts.Chance(0.5);

    /// <summary>Tells with its orders which receipt it holds (TLV 1F1F).</summary>
    public bool Mirrors { get; }

    /// <summary>Numbers its messages (TLV 1F73).</summary>
    public bool Numbers { get; }

    /// <summary>By a number that several sales have, a refund of all, of more than the others came to, or of any part.
    /// </summary>
    public int DrawsPart() => parts.Below(3);

    /// <summary>Wants intermediate statuses (04 FF); at byte level its registration says so.</summary>
    public bool HearsProgress { get; }

    /// <summary>What an order tells of the receipts; 0: that the till holds none yet; null: nothing.</summary>
    public int? ToldBy(OrderPage order)
    {
        if (!Mirrors || (order.Errand != Errand.Sale && !tellsWithErrands))
        {
            return null;
        }
        books.Mirror.Tells(order, held);
        return held ?? 0;
    }

    /// <summary>The till has heard what became of an instruction, and believes it.</summary>
    public void Keep(PaymentPage page)
    {
        var isBooked = page is { IsSale: true, Order.Belief: Belief.Paid };
        if (page is { Receipt: > 0, Order.Errand: not Errand.Close } && (isBooked || keepsAll))
        {
            held = page.Receipt;
        }
    }
}
