using Terminal.Ecr;
using Terminal.Journal;
using Terminal.Payments;

namespace Sandbox.Simulation;

/// <summary>
/// The cash register at message level, with the terminal's end of the line: hears, books as its model says, answers or
/// does not. What it orders and when is <see cref="TillClerk"/>'s.
/// </summary>
sealed class TillPeer(World world) : IEcr
{
    readonly List<TillCall> calls = [];
    readonly TillClerk clerk = new(world);
    long deafUntil;
    int session;

    /// <summary>The line is open.</summary>
    public bool IsUp { get; private set; }

    public bool IsIdle => !clerk.IsWaiting && !HasCalls;

    /// <summary>The terminal still waits for an answer to something it said.</summary>
    public bool HasCalls => calls.Exists(c => c.IsOpen);

    public void Begin() => clerk.Begin();

    public void AskForTheLast(Action<string?> done) => clerk.AskForTheLast(done);

    // The line.

    public void TerminalStarted(int boot)
    {
        var wait = world.IsCalm ? world.Dice.Seconds(1, 5) : world.Dice.Seconds(0.5, world.Dice.Pick(3, 30, 200));
        world.Agenda.After(wait, () => OpenLine(boot));
    }

    public void TerminalStopped() => CloseLine();

    public void LoseLine()
    {
        if (IsUp)
        {
            world.Trace?.Till(world.Now, "*** line lost ***");
            world.Books.DisturbAll();
            CloseLine();
            var boot = world.Box.Boot;
            world.Agenda.After(world.Dice.Seconds(0.5, world.Dice.Pick(5, 14, 120)), () => OpenLine(boot));
        }
    }

    void OpenLine(int boot)
    {
        if (boot == world.Box.Boot && world.Box.IsUp && !IsUp)
        {
            IsUp = true;
            world.Books.ReachableSince = world.Now;
            world.Trace?.Till(world.Now, "line ready");
            world.Box.Feed(boot, new DeskInput.LinkReady());
            clerk.LineIsBack();
        }
    }

    void CloseLine()
    {
        IsUp = false;
        session++;
        world.Books.ReachableSince = -1;
        foreach (var call in calls)
        {
            call.Break();
        }
        calls.Clear();
        clerk.LineBroke();
    }

    // What the terminal says.

    public void Approve(Durable offered, Effect.Offer offer)
    {
        world.Box.Point();
        world.Books.Approves(offer.Sale.Id.Value, IsUp);
        Offer(offer, "approved");
        world.Box.Point();
    }

    public void Tell(Effect.Offer offer)
    {
        world.Box.Point();
        var outcome = offer.Outcome is Outcome.Rejected ? "not paid" : "not confirmed";
        world.Books.Tells(offer.Sale.Id.Value, outcome, IsUp);
        Offer(offer, outcome);
        world.Box.Point();
    }

    public void Complete(Durable acknowledged, Effect.Complete complete)
    {
        world.Box.Point();
        world.Books.Completes(complete.Payment.Value);
        var page = world.Books.Page(complete.Payment.Value);
        world.Trace?.Terminal(world.Now, $"{page} -> 06 0F");
        End(page, () =>
        {
            page.Order.CompleteHeard = true;
            page.Order.Belief = Belief.Paid;
        });
        world.Box.Point();
    }

    public void Close(Effect.Close close)
    {
        world.Box.Point();
        var page = world.Books.Page(close.Payment.Value);
        page.ToldNotPaid = true;
        world.Trace?.Terminal(world.Now, $"{page} -> 06 1E");
        End(page, () => page.Order.Belief = Belief.NotPaid);
        world.Box.Point();
    }

    public void Refuse(Refusal refusal)
    {
        world.Box.Point();
        clerk.Refused(refusal.Reason.ToString());
        world.Box.Point();
    }

    public void Report(Effect.Report report)
    {
    }

    public void Show(Effect.Progress progress)
    {
        world.Box.Point();
        var asks = progress.Stage == Stage.AwaitingCode;
        var newest = world.Books.Payments.Where(p => p.T0 >= 0).MaxBy(p => p.T0);
        // On the terminal's clock, so that only differences mean anything.
        var until = world.Now + (progress.Until - world.Box.Now).Ticks;
        world.Books.ShowsUntil(asks ? null : newest?.Id, until);
        if (asks)
        {
            clerk.AskedForCode();
        }
        world.Box.Point();
    }

    /// <summary>04 0F.</summary>
    void Offer(Effect.Offer offer, string outcome)
    {
        var page = world.Books.Page(offer.Sale.Id.Value);
        world.Trace?.Terminal(world.Now, $"{page} -> 04 0F {outcome}{(IsUp ? "" : " (line down)")}");
        var call = Call(page, a => new DeskInput.Answered(offer.Sale.Id, a));
        if (!IsUp)
        {
            call.Break();
        }
        else if (!clerk.IsWaitingFor(page.Order) || world.Now < deafUntil || world.Hits(Fault.TillSilent, page.Order))
        {
            call.StaySilent();
        }
        else if (world.Hits(Fault.LineLostBeforeAck, page.Order))
        {
            LoseLine();
        }
        else
        {
            Later(() => Hear(call, outcome == "approved"));
        }
    }

    void Hear(TillCall call, bool approved)
    {
        var order = call.Page.Order;
        if (world.Hits(Fault.TillNotYet, order))
        {
            call.Answer(EcrAnswer.NotYet);
        }
        else if (approved && !order.AckSent && world.Hits(Fault.TillRefuses, order))
        {
            order.Belief = Belief.NotPaid;
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

    void AcknowledgeLate(TillCall call, int command)
    {
        if (command == clerk.Commands && clerk.IsWaiting)
        {
            Acknowledge(call, true);
        }
    }

    /// <summary>The till answers 80 00 00; this is the moment when half of them book.</summary>
    void Acknowledge(TillCall call, bool approved)
    {
        var order = call.Page.Order;
        world.Trace?.Till(world.Now, $"{call.Page} acknowledges {(approved ? "the approval" : "not paid")}");
        order.AckSent |= approved;
        if (!approved)
        {
            order.Belief = Belief.NotPaid;
        }
        else if (world.Mix.BooksOnAck)
        {
            order.Belief = Belief.Paid;
        }
        if (!call.IsOpen)
        {
            call.AnswerLate();
        }
        else if (world.Hits(Fault.LineLostAfterAck, order))
        {
            LoseLine();
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

    /// <summary>06 0F and 06 1E end the till's command.</summary>
    void End(PaymentPage page, Action hear)
    {
        var call = Call(page, a => new DeskInput.Closed(new(page.Id), a == EcrAnswer.Acknowledged));
        if (!IsUp)
        {
            call.Break();
        }
        else if (!clerk.IsWaitingFor(page.Order) || world.Now < deafUntil || world.Hits(Fault.CloseLost, page.Order))
        {
            call.StaySilent();
        }
        else
        {
            Later(() =>
            {
                hear();
                world.Trace?.Till(world.Now, $"{page} closed: {page.Order.Belief}");
                if (world.Hits(Fault.AckLost, page.Order))
                {
                    call.StaySilent();
                }
                else
                {
                    call.Answer(EcrAnswer.Acknowledged);
                }
                clerk.CommandEnded(page.Order);
            });
        }
    }

    TillCall Call(PaymentPage page, Func<EcrAnswer, DeskInput> reply)
    {
        calls.RemoveAll(c => !c.IsOpen);
        var call = new TillCall(world, page, reply);
        calls.Add(call);
        return call;
    }

    /// <summary>On this line, unless it breaks before.</summary>
    void Later(Action action, TimeSpan? delay = null)
    {
        var mine = session;
        world.Agenda.After(delay ?? world.Dice.Seconds(0.005, 0.2), () =>
        {
            if (mine == session)
            {
                action();
            }
        });
    }
}
