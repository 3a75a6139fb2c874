using Sandbox.Simulation.Model;

namespace Sandbox.Simulation.Peers;

/// <summary>What a till orders beside payments: money back, right or wrong, and the end of the day.</summary>
sealed class TillErrands(World world)
{
    /// <summary>A customer comes back for one of the last so many.</summary>
    const int Remembered = 8;

    Dice Dice => world.Dice;

    /// <summary>Null: the next customer pays.</summary>
    public OrderPage? Next() =>
        world.Hits(Fault.ReturnOrdered) ? Dice.Chance(0.2) ? Close() : Return()
        : !world.IsCalm && world.Agreement.ReturnsOne() ? Return()
        : null;

    /// <remarks>Never the same amount twice: after a lost acknowledgement nobody could tell the two apart.</remarks>
    OrderPage? Return()
    {
        var sold = world.Books.Orders.Where(o => o.Payments is [{ Approved: true }]).TakeLast(Remembered).ToList();
        if (sold.Count == 0)
        {
            return null;
        }
        var of = sold[Dice.Below(sold.Count)].Payments[0];
        of = IsShared(of) ? of : sold.Select(o => o.Payments[0]).LastOrDefault(IsShared) ?? of;
        var page = Dice.Chance(0.5) ? Reversal(of) : Refund(of);
        if (!page.ByReference && world.Books.Returns.Sharing(of, world.Books.Period.Number) is [_, ..] others)
        {
            if (IsAnothers(page, of, others))
            {
                return null;
            }
            page.Disturbed |= !ReturnBook.Names(page, of) || others.Exists(other => ReturnBook.Names(page, other));
        }
        return world.Books.Errands.Exists(o => o.Of == of && o.Errand == page.Errand && o.Minor == page.Minor &&
            (o.Errand == Errand.Refund || o.Belief == Belief.None))
            ? null
            : Write(page);
    }

    /// <summary>
    /// Number and amount together are another customer's sale. If they are nobody's alone, nothing is to come of it.
    /// </summary>
    bool IsAnothers(OrderPage page, PaymentPage of, List<PaymentPage> others) =>
        (IsClosed(of) && others.Count == 1) ||
        ((IsClosed(of) || !ReturnBook.Names(page, of)) &&
            others.Count(other => ReturnBook.Names(page, other)) == 1);

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
        var minor = wrong ? Math.Max(rest, 0) + 1 + Dice.Below(100)
            : byReference ? 1 + Dice.Below((int)rest)
            : Part(of, rest);
        var page = Page(of, Errand.Refund, minor, wrong || (IsClosed(of) && !byReference));
        page.ByReference = byReference;
        return page;
    }

    /// <summary>Of a sale that shares its number also all of it, and what no other one could bear.</summary>
    long Part(PaymentPage of, long rest)
    {
        var others = world.Books.Returns.Sharing(of, of.Period);
        return (others.Count > 0 ? world.Agreement.DrawsPart() : 0) switch
        {
            1 => rest,
            2 => Math.Min(rest, others.Max(other => other.Minor) + 1),
            _ => 1 + Dice.Below((int)rest),
        };
    }

    bool IsShared(PaymentPage of) => world.Books.Returns.Sharing(of, of.Period).Count > 0;

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
