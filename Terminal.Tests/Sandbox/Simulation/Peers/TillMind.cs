using Sandbox.Simulation.Model;
using Terminal.Payments.Answers;

namespace Sandbox.Simulation.Peers;

/// <summary>What the till makes of what it hears: books as its model says, answers, or does not.</summary>
sealed class TillMind(World world, TillClerk clerk)
{
    long deafUntil;

    /// <summary>How long the till thinks before it answers; set by whoever owns its line.</summary>
    public required Action<Action, TimeSpan?> Later { get; init; }

    /// <summary>04 0F arrived.</summary>
    public void Take(HeardMessage call, bool approved)
    {
        var order = call.Page.Order;
        if (order is { IsProbe: true, Number: 0, Payments: [] })
        {
            Later(() => call.Answer(EcrAnswer.Acknowledged), null);
        }
        else if (!clerk.IsWaitingFor(order) || IsDeafTo(order) || world.Hits(Fault.TillSilent, order))
        {
            call.StaySilent();
        }
        else if (world.Hits(Fault.LineLostBeforeAck, order))
        {
            world.Till.LoseLine();
        }
        else
        {
            Later(() => Hear(call, approved), null);
        }
    }

    /// <summary>06 0F and 06 1E end the till's command.</summary>
    public void TakeEnd(HeardMessage call, Action<PaymentPage> hear)
    {
        var order = call.Page.Order;
        if (!clerk.IsWaitingFor(order) || IsDeafTo(order) || world.Hits(Fault.CloseLost, order))
        {
            call.StaySilent();
            return;
        }
        var mine = clerk.Commands;
        Later(() =>
        {
            if (mine != clerk.Commands)
            {
                call.StaySilent(); // The till has gone on: it is not the end of what it waits for now.
                return;
            }
            hear(call.Page);
            if (order.Belief == Belief.Paid)
            {
                world.Agreement.Keep(call.Page);
            }
            world.Trace?.Till(world.Now, $"{call.Page} closed: {order.Belief}");
            if (world.Hits(Fault.AckLost, order))
            {
                call.StaySilent();
            }
            else
            {
                call.Answer(EcrAnswer.Acknowledged);
            }
            clerk.CommandEnded(order);
        }, null);
    }

    /// <summary>It may be deaf to an order that nothing else happened to.</summary>
    bool IsDeafTo(OrderPage order)
    {
        var isDeaf = world.Now < deafUntil && !world.IsCalm;
        order.Disturbed |= isDeaf;
        return isDeaf;
    }

    void Hear(HeardMessage call, bool approved)
    {
        var order = call.Page.Order;
        if (world.Hits(Fault.TillNotYet, order))
        {
            call.Page.IsRefused = true;
            call.Answer(EcrAnswer.NotYet);
        }
        else if (approved && !order.AckSent && world.Hits(Fault.TillRefuses, order))
        {
            TillClerk.Terminated(call.Page);
            call.Page.IsRefused = true;
            call.Answer(EcrAnswer.Refused);
        }
        else if (approved && world.Hits(Fault.AckLate, order))
        {
            var delay = world.Dice.Seconds(15, 60);
            deafUntil = world.Now + delay.Ticks;
            call.StaySilent();
            var mine = clerk.Commands;
            Later(() => AcknowledgeLate(call, mine), delay);
        }
        else
        {
            Acknowledge(call, approved);
        }
    }

    void AcknowledgeLate(HeardMessage call, int command)
    {
        if (command == clerk.Commands && clerk.IsWaiting && !call.IsOvertaken)
        {
            Acknowledge(call, true);
        }
    }

    /// <summary>Decides once what goods there are. True: what it says is no yes, so all of it goes back.</summary>
    bool IssueNothing(HeardMessage call)
    {
        var (page, order) = (call.Page, call.Page.Order);
        if (!order.Issued.IsDecided)
        {
            // What it acknowledged before was all of it.
            order.Issued = (true, order.AckSent ? null : world.Agreement.Issues(order.Minor));
        }
        call.Issued = !page.Has(Written.Acknowledged) ? order.Issued.Minor
            : page.Delivered is { } part && world.Agreement.SaysItAgain() ? part
            : null;
        if (!order.IssuesNothing)
        {
            return false;
        }
        world.Trace?.Till(world.Now, $"{page} issues {call.Issued} of {order.Minor}");
        TillClerk.Terminated(page);
        page.IsRefused = order.Disturbed = true;
        call.Answer(EcrAnswer.Acknowledged);
        return true;
    }

    /// <summary>The till answers 80 00 00; this is the moment when half of them book.</summary>
    void Acknowledge(HeardMessage call, bool approved)
    {
        var order = call.Page.Order;
        if (approved && order.Errand == Errand.Sale && IssueNothing(call))
        {
            return;
        }
        world.Trace?.Till(world.Now, $"{call.Page} acknowledges {(approved ? "the approval" : "not paid")}");
        order.AckSent |= approved;
        if (approved ? world.Mix.BooksOnAck : !call.IsUnconfirmed || call.Page.IsSale)
        {
            order.Believe(call.Page, approved);
        }
        if (!approved || world.Mix.BooksOnAck)
        {
            world.Agreement.Keep(call.Page);
        }
        if (!call.IsOpen)
        {
            call.AnswerLate();
        }
        else if (world.Hits(Fault.LineLostAfterAck, order))
        {
            world.Till.LoseLine();
        }
        else if (world.Hits(Fault.AckLost, order))
        {
            call.StaySilent();
        }
        else
        {
            call.Answer(EcrAnswer.Acknowledged);
        }
    }
}
