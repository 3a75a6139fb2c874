using Terminal.Payments;
using Terminal.Payments.Answers;
using Terminal.Payments.Charges;
using Terminal.Payments.Orders;

namespace Sandbox.Simulation.Search;

/// <summary>The promises, checked by somebody who sees the gateway's books, the journal and the wire.</summary>
static class Judge
{
    /// <summary>The promise that one committed step breaks with what it is about to do; null if none.</summary>
    public static string? Step(Position after, DeskInput input, Effect[] effects) =>
        effects.Select(e => Effect(after, e)).FirstOrDefault(b => b is not null) ?? State(after, input);

    /// <summary>
    /// The promise that is broken once nothing more is going to happen; null if none, or if it is not the end.
    /// </summary>
    public static string? Rest(Position scene)
    {
        if (!IsAtRest(scene))
        {
            return null;
        }
        if (scene.Journal.FirstOrDefault(t => t.Payment is PaymentState.Returning) is { } left)
        {
            return $"M3: nobody works on {left.Order.Id} any more";
        }
        foreach (var a in scene.Accounts)
        {
            var booked = IsBooked(scene.Durable(a.Id));
            var broken = booked switch
            {
                true when !a.Captured || a.Returned > a.Rest + ReturnJudge.Done(scene, a.Id) =>
                    $"M11: the till booked {a.Id}, and the money is gone",
                true when a.Returned < a.Rest && !NeedsPerson(scene, a.Id) =>
                    $"M3: of {a.Id} {a.Rest} were not delivered, and are kept",
                // A wrong decline whose check had no answer is beyond help.
                false when a.Captured && a.Returned < a.Minor && (!a.Misdeclined || a.Check != Check.Asked) =>
                    $"M3: {a.Id} is settled and not approved, and the money is captured",
                _ => scene.Smooth && a.InTime && !booked ? $"M13: nothing went wrong, and {a.Id} was not approved"
                    : ReturnJudge.Rest(scene, a),
            };
            if (broken is not null)
            {
                return broken;
            }
        }
        return null;
    }

    /// <summary>A promise that the gateway's own books show to be broken.</summary>
    public static string? Books(Position scene)
    {
        foreach (var a in scene.Accounts)
        {
            if (a.Returned > (a.Captured ? a.Minor : 0))
            {
                return $"M12: more of {a.Id} was returned than captured";
            }
            if (IsBooked(scene.Durable(a.Id)) && a.Returned > a.Rest + ReturnJudge.Ordered(scene, a.Id))
            {
                return $"M12: more of {a.Id} was returned than the till ordered";
            }
        }
        return null;
    }

    public static bool IsAtRest(Position scene) =>
        scene.Desk.Lane is LaneState.Idle && scene.Till.IsEmpty &&
        scene.Desk.Open.TrueForAll(t => !t.IsUnresolved && t.Payment is not PaymentState.Declined && t.Delivery is
            DeliveryState.Acknowledged or DeliveryState.Completed or DeliveryState.Withdrawn or DeliveryState.Told);

    /// <summary>No till of these stories mirrors receipt numbers: what it acknowledged it never disowns.</summary>
    public static string? Withdrawal(Position before, Effect[] effects) =>
        effects.OfType<Effect.Record>().FirstOrDefault(r =>
            r.Fact is Fact.Withdrawn && IsBooked(before.Durable(r.Payment))) is { Payment: var id }
            ? $"M11: {id} is given up after its acknowledgement"
            : null;

    static string? Effect(Position after, Effect effect) => effect switch
    {
        Effect.Charge e => Charge(after, e),
        Effect.Offer { Order: Return given } e => ReturnJudge.Tell(after, e, given.Of.Id),
        Effect.Offer { Outcome: Outcome.Approved } e => Approve(after, e),
        Effect.Complete e when after.Durable(e.Payment) is { Payment: PaymentState.Done } => null,
        Effect.Complete e when !IsBooked(after.Durable(e.Payment)) => $"M4: 06 0F of {e.Payment} before its record",
        Effect.Cancel e when after.Durable(e.Payment)?.Payment is not PaymentState.Interrupted =>
            $"M4: cancel of {e.Payment} before its record",
        Effect.Cancel e when after.Durable(e.Payment)?.Delivery is DeliveryState.Held =>
            $"M6: cancel of {e.Payment} while its approval is on offer",
        Effect.Cancel e when IsBooked(after.Durable(e.Payment)) && !ReturnJudge.IsReversed(after, e.Payment) =>
            $"M11: {e.Payment} is booked, and cancelled",
        Effect.Refund e when after.Durable(e.Payment)?.Payment is not PaymentState.Refunding.Pausing p
            || p.Id != e.Id =>
            $"M4: refund {e.Id} before its record",
        Effect.Refund e when IsBooked(after.Durable(e.Payment)) && !ReturnJudge.IsOrdered(after, e) &&
            e.Amount.Minor != after.AccountOf(e.Payment)!.Rest =>
            $"M11: {e.Payment} is booked, and refunded",
        _ => null,
    };

    static string? Charge(Position after, Effect.Charge e)
    {
        var other = after.Journal.FirstOrDefault(t => t.Order.Id != e.Sale.Id && t.Delivery is DeliveryState.Held);
        return after.Gone.Contains(e.Sale.Id) ? $"line: pay of {e.Sale.Id}, whose till was gone before its code came"
            : after.Durable(e.Sale.Id) is null ? $"M4: pay of {e.Sale.Id} before its record"
            : after.AccountOf(e.Sale.Id) is { Sent: > 0 } ? $"M1: pay of {e.Sale.Id} sent again"
            : after.Journal.Select(t => t.Order).OfType<Sale>()
                .Any(sale => sale.Id != e.Sale.Id && sale.Fingerprint == e.Sale.Fingerprint)
                ? "M7: a code submitted twice"
            : other is not null ? $"M1: a new payment while nobody knows whether the till booked {other.Order.Id}"
            : null;
    }

    static string? Approve(Position after, Effect.Offer e) => after.Durable(e.Order.Id) switch
    {
        null => $"M4: approval of {e.Order.Id} before its record",
        _ when after.AccountOf(e.Order.Id) is { CancelDecided: true } =>
            $"M6: approval of {e.Order.Id} after its cancel was decided",
        { Delivery: DeliveryState.Withdrawn } => $"M6: approval of {e.Order.Id} after its withdrawal",
        { Delivery: DeliveryState.Told } => $"M5: {e.Order.Id} was told otherwise before",
        _ when after.AccountOf(e.Order.Id) is not { Captured: true } => $"M2: approval of {e.Order.Id} without money",
        var t when IsBooked(t) && after.AccountOf(e.Order.Id) is { } a && e.Order.Worth.Minor != a.Minor - a.Rest =>
            $"M2: {e.Order.Id} is told as {e.Order.Worth}",
        _ => null,
    };

    /// <summary>Somebody or something must still move whatever is open.</summary>
    static string? State(Position after, DeskInput input)
    {
        foreach (var t in after.Desk.Open)
        {
            if (input is DeskInput.TimePassed && t.Delivery is DeliveryState.Undecided d && d.Due <= after.Now)
            {
                return $"M5: the till waits for {t.Order.Id} beyond its time";
            }
            if (t.IsUnresolved && t.Payment.WakeAt == Moment.Never &&
                t.Payment is not (PaymentState.NeedsAttention or PaymentState.Refunding.Drawing))
            {
                return $"M3: nobody works on {t.Order.Id} any more";
            }
        }
        return null;
    }

    static bool NeedsPerson(Position s, PaymentId id) => s.Desk.Find(id)?.Payment is PaymentState.NeedsAttention;

    public static bool IsBooked(Transaction? t) => t?.Delivery is DeliveryState.Acknowledged or DeliveryState.Completed;
}
