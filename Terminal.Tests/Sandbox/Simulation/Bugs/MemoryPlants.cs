using Terminal.Checkout;
using Terminal.Payments;
using Terminal.Payments.Answers;
using Terminal.Payments.Charges;
using Terminal.Payments.Orders;

namespace Sandbox.Simulation.Bugs;

/// <summary>A success that comes after the point of no return approves the sale all the same.</summary>
sealed class BelievingPlant : Plant
{
    public override Decide Decide(World world)
    {
        var desk = base.Decide(world);
        return (state, input, now) => desk(Reopen(state, input, now), input, now);
    }

    static DeskState Reopen(DeskState state, DeskInput input, Moment now)
    {
        var succeeded = input is DeskInput.Happened
        {
            What: PaymentInput.PayAnswered { Answer: GatewayAnswer.Succeeded } or
                PaymentInput.Inquired { Answer: GatewayAnswer.Succeeded }
        };
        if (!succeeded || state.Find(((DeskInput.Happened)input).Payment) is not
            { Payment: PaymentState.Cancelling, Delivery: DeliveryState.Undecided } t)
        {
            return state;
        }
        var pending = new PaymentState.Pending.Waiting((Sale)t.Order, now, 99, Moment.Never, Moment.Never);
        return EffectPlants.Replace(state, t, t with { Payment = pending });
    }
}

/// <summary>The approval is journaled one step after it left.</summary>
sealed class HastyPlant : Plant
{
    public override Decide Decide(World world)
    {
        var desk = base.Decide(world);
        List<Effect> owed = [];
        return (state, input, now) =>
        {
            var decided = desk(state, input, now);
            var late = decided.Effects.Where(e => e is Effect.Record { Fact: Fact.Offered }).ToList();
            Effect[] effects = [.. owed, .. decided.Effects.Except(late)];
            owed = late;
            return decided with { Effects = effects };
        };
    }
}

/// <summary>After a restart, what was only requested is submitted once more.</summary>
sealed class ResendingPlant : Plant
{
    readonly Dictionary<PaymentId, PaymentCode> codes = [];

    public override Decide Decide(World world)
    {
        var desk = base.Decide(world);
        return (state, input, now) =>
        {
            var decided = desk(state, input, now);
            foreach (var charge in decided.Effects.OfType<Effect.Charge>())
            {
                // Its own copy: the product wipes a code that was submitted.
                codes[charge.Sale.Id] = new(charge.Code.Reveal().ToArray(), charge.Code.Fingerprint, now);
            }
            if (input is not DeskInput.Started)
            {
                return decided;
            }
            var live = state.Open.Where(t => t.Payment is PaymentState.Interrupted && codes.ContainsKey(t.Order.Id));
            return decided with
            {
                Effects =
                [
                    .. decided.Effects, .. live.Select(t => new Effect.Charge((Sale)t.Order, codes[t.Order.Id])),
                ],
            };
        };
    }
}

/// <summary>A restart takes back the newest payment, acknowledged or not.</summary>
sealed class ReversingPlant : Plant
{
    public override Decide Decide(World world)
    {
        var desk = base.Decide(world);
        return (state, input, now) =>
        {
            var decided = desk(state, input, now);
            if (input is not DeskInput.Started || decided.State.Newest is not { } newest)
            {
                return decided;
            }
            var (after, effects) = desk(
                decided.State, new DeskInput.Happened(newest, new PaymentInput.ReversalAsked()), now);
            return new(after, [.. decided.Effects, .. effects]);
        };
    }
}

/// <summary>Request ids from a counter that a new process begins anew.</summary>
sealed class CountingPlant : Plant
{
    public override Action<Span<byte>> Random(World world)
    {
        var count = 0;
        return bytes =>
        {
            bytes.Clear();
            BitConverter.TryWriteBytes(bytes, ++count);
        };
    }
}
