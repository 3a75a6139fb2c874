namespace Sandbox.Simulation;

/// <summary>What a till orders beside payments: money back, right or wrong, and the end of the day.</summary>
sealed class TillErrands(World world)
{
    /// <summary>A customer comes back for one of the last so many.</summary>
    const int Remembered = 8;

    Dice Dice => world.Dice;

    /// <summary>Null: the next customer pays.</summary>
    public OrderPage? Next() => !world.Hits(Fault.ReturnOrdered) ? null : Dice.Chance(0.2) ? Close() : Return();

    /// <remarks>Never the same amount twice: after a lost acknowledgement nobody could tell the two apart.</remarks>
    OrderPage? Return()
    {
        var sold = world.Books.Orders.Where(o => o.Payments is [{ Approved: true }]).TakeLast(Remembered).ToList();
        if (sold.Count == 0)
        {
            return null;
        }
        var of = sold[Dice.Below(sold.Count)].Payments[0];
        var page = Dice.Chance(0.5) ? Reversal(of) : Refund(of);
        if (!page.ByReference && (IsClosed(of) || !Fits(page, of)) && Sharing(of, world.Books.Period.Number).Any())
        {
            return null; // Number and amount together are another customer's.
        }
        page.Disturbed |= !page.ByReference && Sharing(of, of.Period).Any(other => Fits(page, other));
        return world.Books.Errands.Exists(o => o.Of == of && o.Errand == page.Errand && o.Minor == page.Minor &&
            (o.Errand == Errand.Refund || o.Belief == Belief.None))
            ? null
            : Write(page);
    }

    /// <summary>Receipt numbers wrap: other sales of a period with the number of this one.</summary>
    IEnumerable<PaymentPage> Sharing(PaymentPage of, int period) => world.Books.Payments.Where(p =>
        p != of && p.Receipt == of.Receipt && p.Period == period && p.Has(Written.Offered));

    /// <summary>What the order says could be of that sale, too.</summary>
    static bool Fits(OrderPage page, PaymentPage other) => !page.NamesAmount ||
        (page.Errand == Errand.Reversal ? page.Minor == other.Minor : page.Minor <= other.Minor);

    OrderPage Reversal(PaymentPage of)
    {
        var wrong = Dice.Chance(0.05);
        return Page(
            of, Errand.Reversal, of.Minor + (wrong ? 1 : 0), wrong || of.Returns.Count > 0 || IsClosed(of));
    }

    OrderPage Refund(PaymentPage of)
    {
        var rest = of.Minor - of.OrderedBack;
        var wrong = rest <= 0 || Dice.Chance(0.1);
        var byReference = Dice.Chance(IsClosed(of) ? 0.8 : 0.3);
        var minor = wrong ? Math.Max(rest, 0) + 1 + Dice.Below(100) : 1 + Dice.Below((int)rest);
        var page = Page(of, Errand.Refund, minor, wrong || (IsClosed(of) && !byReference));
        page.ByReference = byReference;
        return page;
    }

    bool IsClosed(PaymentPage of) => of.Period != world.Books.Period.Number;

    OrderPage Page(PaymentPage of, Errand errand, long minor, bool isOdd) =>
        new(world.Books.Errands.Count + 1, of.Order.Code, minor, ownScanner: false)
        {
            Fingerprint = of.Order.Fingerprint,
            Errand = errand,
            Of = of,
            Disturbed = isOdd || of.Order.Belief != Belief.Paid || of.IsRestOpen || of.Delivered != of.Order.Part,
        };

    /// <summary>Nothing but its acknowledgement tells an end-of-day from the one right before it.</summary>
    OrderPage Close()
    {
        if (world.Books.Newest is { Order: { Errand: Errand.Close } before } page && !page.Has(Written.Completed))
        {
            before.Disturbed = true;
            return before;
        }
        return Write(new(world.Books.Errands.Count + 1, "no code", 0, ownScanner: false)
        {
            Fingerprint = "",
            Errand = Errand.Close,
        });
    }

    OrderPage Write(OrderPage page)
    {
        world.Books.Errands.Add(page);
        return page;
    }
}
