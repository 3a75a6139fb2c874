using Sandbox.Simulation.Model;
using Terminal.Payments;

namespace Sandbox.Simulation.Peers;

/// <summary>
/// What the till orders, and what it does when no answer came: ask 06 20 at once, late or never, send the same order
/// again, or go on with the next customer.
/// </summary>
sealed partial class TillClerk
{
    readonly World world;
    enum Command
    {
        None,
        Pay,
        Repeat,
        Totals,
    }

    readonly Mischief mischief;
    readonly TillErrands errands;
    Command command;
    OrderPage? order;
    OrderPage? last;
    bool probing;
    bool restless;

    /// <summary>The last command ended without its end being heard: the terminal may still be busy with it.</summary>
    bool loose;
    int ordersLeft;
    int turn;
    Action<string?>? whenAsked;

    public TillClerk(World world)
    {
        this.world = world;
        ordersLeft = world.Mix.Orders;
        mischief = new(world, this);
        errands = new(world);
    }

    /// <summary>Counts the commands: what belongs to an earlier one is not said in a later one.</summary>
    public int Commands { get; private set; }

    public OrderPage? Current => order;

    public bool IsWaiting => command != Command.None;

    /// <summary>06 20 takes whatever receipt comes; an order hears only of itself.</summary>
    public bool IsWaitingFor(OrderPage page) => command == Command.Repeat || (command == Command.Pay && order == page);

    /// <summary>It waits for what this very order comes to.</summary>
    public bool IsOrdering(OrderPage page) => command == Command.Pay && order == page;

    public void Begin() => MoveIn(TimeSpan.FromSeconds(1));

    /// <summary>06 20 without an order of its own; tells how it ended, null if it was answered.</summary>
    public void AskForTheLast(Action<string?> done)
    {
        whenAsked = done;
        AskAgain();
    }

    /// <summary>Only the next order tells what became of the one before.</summary>
    public void SellOnceMore()
    {
        ordersLeft++;
        Move();
    }

    public void Unsettle() => loose = true;

    public void LineIsBack()
    {
        if (command == Command.None)
        {
            MoveIn(world.Dice.Seconds(0.1, world.Dice.Pick(1, 10, 200)));
        }
    }

    public void LineBroke()
    {
        if (command != Command.None)
        {
            order?.Disturbed = true;
            command = Command.None;
            restless = loose = true;
        }
        turn++;
    }

    /// <summary>It has forgotten its command; what it booked it still has.</summary>
    public void StartsAgain()
    {
        order?.Disturbed = true;
        command = Command.None;
        (restless, loose) = (false, true);
        var asks = world.Agreement.AsksAfterStart();
        EndLastQuestion("no answer");
        var mine = ++turn;
        world.Agenda.After(world.Dice.Seconds(1, 20), () =>
        {
            if (mine == turn && world.Till.IsUp && command == Command.None && asks)
            {
                AskAgain();
            }
            else if (mine == turn)
            {
                Move();
            }
        });
    }

    public void CommandEnded(OrderPage page)
    {
        last = page;
        command = Command.None;
        loose = false;
        restless = world.Hits(Fault.OrderAgain, page) || world.Hits(Fault.RepeatAsked, page);
        EndLastQuestion(null);
        MoveIn(world.Dice.Seconds(0.6, world.Dice.Pick(2, 20, 60)));
    }

    public void Refused(string reason)
    {
        world.Trace?.Terminal(world.Now, $"-> refused: {reason}");
        if (probing)
        {
            return;
        }
        if (command == Command.Pay && order is { } page)
        {
            world.Books.Refused(page, reason);
            if (page.Belief == Belief.None && reason is not ("CodeUsed" or "Busy") &&
                (page.Errand == Errand.Sale || page.Sent == 1))
            {
                page.Belief = Belief.NotPaid;
            }
        }
        command = Command.None;
        loose &= reason == "Busy";
        EndLastQuestion(reason == "NoTransaction" ? null : reason);
        MoveIn(world.Dice.Seconds(1, 15));
    }

    /// <summary>06 0F.</summary>
    public static void Completed(PaymentPage page)
    {
        page.Order.CompleteHeard = true;
        page.Order.Believe(page, isPaid: true);
    }

    /// <summary>06 1E.</summary>
    public static void Terminated(PaymentPage page)
    {
        if (page.IsSale)
        {
            page.Order.Believe(page, isPaid: false);
        }
    }

    /// <summary>06 10 is answered, or 06 50 of a period in which nothing happened.</summary>
    public void Reported()
    {
        var closes = command == Command.Pay && order is { Errand: Errand.Close };
        if (closes)
        {
            world.Books.ClosedBefore(order!, isCertain: !loose);
        }
        if (command == Command.Totals || closes)
        {
            command = Command.None;
            loose = false;
            MoveIn(world.Dice.Seconds(0.6, 10));
        }
    }

    /// <summary>The terminal tells how far it is, on its display and by 04 FF.</summary>
    public void Shown(Effect.Progress progress)
    {
        if (progress.Stage == Stage.Confirming)
        {
            return; // Nothing is submitted yet.
        }
        var asks = progress.Stage == Stage.AwaitingCode;
        // On the terminal's clock, so that only differences mean anything.
        var until = world.Now + (progress.Until - world.Box.Now).Ticks;
        world.Books.ShowsUntil(asks ? null : world.Books.Submitted, until);
        if (asks)
        {
            AskedForCode();
        }
    }

    /// <summary>What is refused now is no answer to the till's own command.</summary>
    public void Aside(Action ask)
    {
        world.Books.StartedAt = -1;
        probing = true;
        ask();
        probing = false;
    }

    void AskedForCode()
    {
        if (order is not { } page || world.Hits(Fault.NoScan, page))
        {
            return;
        }
        var mine = turn;
        world.Agenda.After(world.Dice.Seconds(0.5, 20), () =>
        {
            // A customer at the terminal does not see that the till is gone.
            if ((mine == turn && command == Command.Pay) || !world.Till.IsUp)
            {
                Scan(page);
            }
        });
    }

    void EndLastQuestion(string? problem)
    {
        var done = whenAsked;
        whenAsked = null;
        done?.Invoke(problem);
    }

    void MoveIn(TimeSpan delay)
    {
        var mine = ++turn;
        world.Agenda.After(delay, () =>
        {
            if (mine == turn)
            {
                Move();
            }
        });
    }

    /// <summary>The next thing the till does, when it waits for nothing.</summary>
    void Move()
    {
        if (!world.Till.IsUp || command != Command.None || whenAsked is not null)
        {
            return;
        }
        if (restless && order is { } open && !world.IsCalm)
        {
            restless = false;
            var choice = world.Dice.Fraction();
            // A till that numbers its orders rather sends the same one again.
            if (choice < (world.Agreement.Numbers ? 0.1 : 0.4))
            {
                AskAgain();
                return;
            }
            // A return or end-of-day that the till has booked is not ordered again: that would be another one.
            if (choice < 0.7 && (open.Errand == Errand.Sale || open.Belief == Belief.None))
            {
                Send(open);
                return;
            }
            if (choice > 0.9 && world.Hits(Fault.ReturnOrdered))
            {
                AskTotals();
                return;
            }
        }
        if (ordersLeft > 0)
        {
            var sale = last?.Of?.Order ?? last;
            if (sale is { Errand: Errand.Sale } before && before.Payments.Exists(p => p.Code == before.Code) &&
                world.Hits(Fault.CodeUsedBefore, before))
            {
                world.Till.Reuse(before);
                MoveIn(world.Dice.Seconds(1, 3));
                return;
            }
            if (world.Till.IsUp)
            {
                ordersLeft--;
                Send(errands.Next() ?? New());
            }
        }
        else
        {
            world.CalmDown();
        }
    }
}
