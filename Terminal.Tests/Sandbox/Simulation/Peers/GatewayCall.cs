using Sandbox.Simulation.Bytes;
using Sandbox.Simulation.Model;
using Terminal.Payments;
using Terminal.Payments.Charges;

namespace Sandbox.Simulation.Peers;

/// <summary>One request to the gateway and its answer, each on a way that can fail.</summary>
/// <param name="page">The payment it is about.</param>
/// <param name="limit">How long the driver waits.</param>
/// <param name="reply">The input that brings the answer to the loop.</param>
sealed class GatewayCall(World world, PaymentPage page, TimeSpan limit, Func<GatewayAnswer, PaymentInput> reply)
{
    readonly int boot = world.Box.Boot;
    readonly long sentAt = world.Now;

    public PaymentPage Page => page;

    /// <summary>The request in full; null at message level.</summary>
    public Asking? Asking { get; init; }

    /// <summary>The inquiry after a decline.</summary>
    public bool IsCheck { get; init; }

    public void Send(Action arrive)
    {
        if (world.Hits(Fault.RequestLost, page.Order))
        {
            GiveUp();
            return;
        }
        var late = world.Hits(Fault.RequestLate, page.Order);
        world.Agenda.After(late ? world.Dice.Seconds(0, 40) : world.Dice.Seconds(0.01, 0.4), arrive);
    }

    public void Answer(GatewayAnswer answer)
    {
        if (world.Hits(Fault.AnswerLost, page.Order))
        {
            GiveUp();
            return;
        }
        if (world.Hits(Fault.AnswerUnsigned, page.Order))
        {
            answer = new GatewayAnswer.Unknown("unsigned");
        }
        var late = world.Hits(Fault.AnswerLate, page.Order);
        var delay = late ? world.Dice.Seconds(0, 40) : world.Dice.Seconds(0.01, 0.3);
        // A late answer is heard late, or the driver has hung up; both are one answer.
        if (world.Now + delay.Ticks > sentAt + limit.Ticks && world.Dice.Chance(0.5))
        {
            GiveUp();
            return;
        }
        var hear = Hearing(answer);
        Deliver(delay, hear);
        if (world.Hits(Fault.AnswerTwice, page.Order))
        {
            Deliver(delay + world.Dice.Seconds(0, 5), hear);
        }
    }

    /// <summary>Nothing leaves the box; said once, and soon.</summary>
    public void NeverSent() =>
        Deliver(world.Dice.Seconds(0.01, 4), () => new GatewayAnswer.NotSent("no connection"));

    void GiveUp() => Deliver(new(sentAt + limit.Ticks - world.Now), () => new GatewayAnswer.Unknown("time-out"));

    /// <summary>What the driver makes of the answer when it arrives.</summary>
    Func<GatewayAnswer> Hearing(GatewayAnswer answer)
    {
        if (Asking is not { } asking)
        {
            return () => Tell(answer);
        }
        var (response, whole) = world.Wire!.Answer(asking, answer, page.Order);
        return () =>
        {
            if (whole)
            {
                Tell(answer);
            }
            return world.Wire.Read(asking, response);
        };
    }

    /// <summary>The model hears what the gateway said, whatever the terminal makes of it.</summary>
    GatewayAnswer Tell(GatewayAnswer answer)
    {
        if (answer is GatewayAnswer.Succeeded e)
        {
            world.Books.Heard(page.Id, e.Echo.Value, e.Amount.Minor, e.Amount.Currency.Code);
        }
        return answer;
    }

    void Deliver(TimeSpan delay, Func<GatewayAnswer> hear) => world.Agenda.After(delay, () =>
    {
        if (boot != world.Box.Boot)
        {
            return;
        }
        var answer = hear();
        var input = (Asking?.Call.Wrap ?? reply)(answer);
        page.NotSentHeard |= answer is GatewayAnswer.NotSent;
        world.Trace?.Gateway(world.Now, $"{page} <- {input.GetType().Name}: {answer}");
        var inTime = world.Now < sentAt + limit.Ticks && answer is not (GatewayAnswer.Unknown or GatewayAnswer.NotSent);
        world.Box.Feed(boot, new DeskInput.Happened(new(page.Id), input));
        if (IsCheck && inTime && boot == world.Box.Boot)
        {
            page.CheckHeard = true; // It outlived the answer.
        }
    });
}
