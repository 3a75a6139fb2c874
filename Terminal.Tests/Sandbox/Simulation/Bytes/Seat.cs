using Sandbox.Simulation.Peers;
using Terminal.Checkout;
using Terminal.Ecr.Session;
using Terminal.Payments;
using Terminal.Payments.Answers;

namespace Sandbox.Simulation.Bytes;

/// <summary>The terminal's end of the till's line: the real session, driven in virtual time.</summary>
sealed class Seat(World world, ByteTill till) : IEcr
{
    /// <summary>From one thread of the process to another.</summary>
    public static readonly TimeSpan Hop = TimeSpan.FromMilliseconds(0.2);

    readonly int boot = world.Box.Boot;
    readonly EcrSession session = new(till.Settings, world.Seal);
    readonly Eavesdropper eavesdropper = new(world, till.Settings.Tcp is not null);
    bool isUp;

    public Moment WakeAt => session.WakeAt;

    // The loop's calls: each is run on the link's own thread.

    public void Approve(Durable offered, Effect.Offer offer)
    {
        world.Box.Point();
        world.Books.Approves(offer.Order.Id.Value, offer.Order.Worth.Minor, reached: false);
        Do($"{offer.Order.Receipt} approved", now => session.Offer(offer, now));
    }

    public void Tell(Effect.Offer offer)
    {
        world.Box.Point();
        var outcome = offer.Outcome is Outcome.Rejected ? "not paid" : "not confirmed";
        world.Books.Tells(offer.Order.Id.Value, outcome, reached: false);
        Do($"{offer.Order.Receipt} {outcome}", now => session.Offer(offer, now));
    }

    public void Complete(Durable acknowledged, Effect.Complete complete)
    {
        world.Box.Point();
        world.Books.Completes(complete.Payment.Value);
        Do("complete", now => session.Complete(complete, now));
    }

    public void Close(Effect.Close close)
    {
        world.Box.Point();
        world.Books.Page(close.Payment.Value).ToldNotPaid |= close.Outcome is not Outcome.Approved;
        Do("close", now => session.Close(close, now));
    }

    public void Refuse(Refusal refusal)
    {
        world.Box.Point();
        world.Books.Refuses(refusal.Reason.ToString());
        Do($"refuse: {refusal.Reason}", now => session.Refuse(refusal, now));
    }

    public void Report(Effect.Report report)
    {
        world.Books.Period.Tells(TillClerk.SumsOf(report));
        Do("report", now => session.Report(report, now));
    }

    public void Show(Effect.Progress progress)
    {
        world.Box.Point();
        till.Shown(progress);
        Do("show", now => session.Show(progress, now));
    }

    // The line.

    public void LineUp() => Do("line up", _ =>
    {
        isUp = true;
        session.LineUp();
    });

    public void LineDown() => Do("line down", now =>
    {
        isUp = false;
        session.LineDown(now);
    });

    public void Feed(byte[] bytes) => world.Box.Do(boot, () =>
    {
        if (isUp)
        {
            world.Box.Point();
            session.Feed(bytes, world.Box.Now);
            Pump();
        }
    });

    public void TimePassed()
    {
        session.TimePassed(world.Box.Now);
        Pump();
    }

    void Do(string what, Action<Moment> act)
    {
        world.Trace?.Terminal(world.Now, $"ecr: {what}");
        world.Agenda.After(Hop, () => world.Box.Do(boot, () =>
        {
            act(world.Box.Now);
            Pump();
        }));
    }

    void Pump()
    {
        while (session.TryTake(out var output))
        {
            switch (output)
            {
                case SessionOutput.Write e when isUp:
                    world.Box.Point();
                    eavesdropper.Hear(e.Bytes);
                    till.Receive(e.Bytes);
                    world.Box.Point();
                    break;
                case SessionOutput.HangUp when isUp:
                    world.Till.LoseLine();
                    break;
                case SessionOutput.Post e:
                    world.Trace?.Terminal(world.Now, $"ecr: posts {e.Input.GetType().Name}");
                    world.Agenda.After(Hop, () => world.Box.Feed(boot, e.Input));
                    break;
            }
        }
    }
}
