using Terminal.Acquirer;
using Terminal.Checkout;
using Terminal.Payments;
using Terminal.Payments.Charges;

namespace Sandbox.Simulation.Bugs;

/// <summary>Bugs about declines, and about answers of another time.</summary>
static class DeclinePlants
{
    /// <summary>A decline is final.</summary>
    public static Transition<DeskState> NeverCheck(DeskInput input, Transition<DeskState> decided) =>
        decided with { State = Close(decided.State) };

    /// <summary>That the gateway still works on the payment does not contradict its decline.</summary>
    public static DeskInput OverlookProgress(DeskState state, DeskInput input) =>
        input is DeskInput.Happened { What: PaymentInput.Inquired { Answer: GatewayAnswer.Processing } i } e
            ? e with { What = i with { Answer = new GatewayAnswer.Processing() } }
            : input;

    public static DeskState Close(DeskState state)
    {
        foreach (var t in state.Open.Where(t => t.Payment is PaymentState.Declined))
        {
            var declined = (PaymentState.Declined)t.Payment;
            state = EffectPlants.Replace(
                state, t, t with { Payment = new PaymentState.Failed(declined.Sale, declined.Why) });
        }
        return state;
    }
}

/// <summary>A start takes a decline that is still to be checked for checked.</summary>
sealed class ForgettingDeclinePlant : Plant
{
    public override Decide Decide(World world)
    {
        var desk = base.Decide(world);
        return (state, input, now) =>
            desk(input is DeskInput.Started ? DeclinePlants.Close(state) : state, input, now);
    }
}

/// <summary>The answers to these calls are believed whenever they were signed.</summary>
sealed class StalePlant(params string[] calls) : Plant
{
    public override bool Believes(string call) => calls.Contains(call);
}

/// <summary>Any signed time is the gateway's time, an old one too.</summary>
sealed class TurnedClockPlant : Plant
{
    public override GatewayClock Clock(GatewayClock clock, string told)
    {
        if (!DateTimeOffset.TryParse(told, out var at))
        {
            return clock;
        }
        var source = clock.Source as LaterTime ?? new LaterTime(clock.Source);
        var follower = new GatewayClock(source);
        foreach (var second in new[] { 0, 1, 2 })
        {
            source.Ahead = TimeSpan.FromSeconds(second);
            follower.Take(AmsRequest.Time(at.AddSeconds(second)), source.GetTimestamp());
        }
        source.Ahead = TimeSpan.Zero;
        return follower;
    }

    /// <summary>Lets three seconds pass at once.</summary>
    sealed class LaterTime(TimeProvider time) : TimeProvider
    {
        public TimeSpan Ahead { get; set; }

        public override long TimestampFrequency => time.TimestampFrequency;

        public override long GetTimestamp() => time.GetTimestamp() + Ahead.Ticks;

        public override DateTimeOffset GetUtcNow() => time.GetUtcNow();
    }
}
