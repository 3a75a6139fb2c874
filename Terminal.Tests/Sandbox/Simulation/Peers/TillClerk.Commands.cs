using Sandbox.Scanner;
using Sandbox.Simulation.Model;
using Terminal.Payments;
using Terminal.Payments.Orders;
using Terminal.Scanner;

namespace Sandbox.Simulation.Peers;

/// <summary>What the till says, and how long it waits.</summary>
sealed partial class TillClerk
{
    /// <summary>So begin the codes of a wallet that returns no part.</summary>
    const string Whole = "27";

    public static readonly CodeTable Wallets =
        new([CodeRule.Parse(new("whole", null), "18", Whole, (NeedsFlag: false, IsIndivisible: true))!]);

    public OrderPage New()
    {
        var number = world.Books.Orders.Count + 1;
        var isWhole = world.Agreement.DrawsIndivisible();
        var code = $"{(isWhole ? Whole : "28")}{world.Dice.Next() % 10_000_000_000_000:d13}{number:d3}";
        var minor = Amount(1 + world.Dice.Below(50_000));
        var ownScanner = world.Dice.Chance(world.Mix.OwnScanner);
        return world.Books.Open(new(number, code, minor, ownScanner)
        {
            Fingerprint = world.Fingerprint(code, number),
            IsIndivisible = isWhole,
        });
    }

    /// <summary>Of no order so far: that one or the next that is free.</summary>
    public long Amount(long minor)
    {
        while (world.Books.IsAmountTaken(minor))
        {
            minor++;
        }
        return minor;
    }

    /// <summary>The customer's app has made another code meanwhile.</summary>
    public void ShowAnother(OrderPage page)
    {
        var prefix = page.IsIndivisible ? Whole : "28";
        var code = $"{prefix}{world.Dice.Next() % 10_000_000_000_000:d13}999";
        world.Books.Show(page, code, world.Fingerprint(code, 0));
    }

    /// <summary>06 01.</summary>
    void Send(OrderPage page)
    {
        command = Command.Pay;
        Commands++;
        // A terminal that still sorts out the answers of the order before may say "busy" for a second.
        page.Disturbed |= loose || world.Till.HasCalls || page == order ||
            (world.Wire is not null && order is { Disturbed: true });
        order = page;
        page.Sent++;
        world.Trace?.Till(world.Now, $"orders {page}, {page.Minor}{(page.OwnScanner ? ", no code" : "")}");
        world.Books.AskedAgain();
        world.Books.StartedAt = -1;
        WaitNoLongerThan(world.Dice.Seconds(60, 150));
        mischief.Befall(page);
        world.Till.Order(page, world.Hits(Fault.CodeTooOld, page));
    }

    /// <summary>06 10.</summary>
    void AskTotals()
    {
        command = Command.Totals;
        Commands++;
        world.Trace?.Till(world.Now, "06 10");
        world.Books.AskedAgain();
        WaitNoLongerThan(world.Dice.Seconds(60, 150));
        world.Till.AskTotals();
    }

    public static Sums SumsOf(Effect.Report report)
    {
        var totals = report.Closing.Totals;
        return new(Of(totals.Sales), Of(totals.Reversals), Of(totals.Refunds), totals.Unresolved)
        {
            Gateway = totals.Balance!.Gateway,
            HeadOffice = totals.Balance.HeadOffice,
            Stored = totals.Stored,
            Open = Of(totals.Balance.Open),
            Before = totals.Balance.Before,
        };

        static Sum Of(Terminal.Payments.Periods.Tally tally) => new(tally.Count, tally.Minor);
    }

    /// <summary>06 20.</summary>
    void AskAgain()
    {
        command = Command.Repeat;
        Commands++;
        world.Trace?.Till(world.Now, "06 20");
        world.Books.AskedAgain();
        world.Books.StartedAt = -1;
        WaitNoLongerThan(world.Dice.Seconds(60, 150));
        world.Till.Repeat();
    }

    /// <summary>Unless the command ends before.</summary>
    public void During(TimeSpan delay, Action action)
    {
        var mine = turn;
        world.Agenda.After(delay, () =>
        {
            if (mine == turn && command != Command.None && world.Till.IsUp)
            {
                action();
            }
        });
    }

    void WaitNoLongerThan(TimeSpan patience)
    {
        turn++;
        During(patience, () =>
        {
            world.Trace?.Till(world.Now, "waits no longer");
            if (order is { Disturbed: false } page)
            {
                world.Books.Break("M13", $"{page}: no answer, without any fault");
            }
            command = Command.None;
            restless = loose = true;
            EndLastQuestion("no answer");
            MoveIn(world.Dice.Seconds(0.1, 10));
        });
    }

    public void Scan(OrderPage page) => Feed(new Arrival.Scanned(CodeOf(page)));

    /// <summary>The customer's code, as the box's own reader would give it.</summary>
    public PaymentCode CodeOf(OrderPage page, bool stale = false) =>
        new(
            Codes.Bytes(page.Code), page.Fingerprint,
            world.Box.Now - (stale ? TimeSpan.FromSeconds(50) : world.Dice.Seconds(0, 2)))
        {
            IsIndivisible = page.IsIndivisible,
        };

    void Feed(LoopInput input) => world.Box.Feed(world.Box.Boot, input);
}
