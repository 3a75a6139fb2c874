using Terminal.Payments;
using Terminal.Payments.Answers;
using Terminal.Payments.Charges;
using Terminal.Payments.Orders;

namespace Sandbox.Simulation.Bugs;

/// <summary>Bugs that are a wrong reading of what came in.</summary>
static class InputPlants
{
    public static DeskInput TrustTheAmount(DeskState state, DeskInput input) => Reread(input, answer =>
        answer is GatewayAnswer.Succeeded e && Sale(state, input) is { } sale
            ? e with { Echo = sale.Id, Amount = sale.Amount }
            : answer);

    public static DeskInput TrustTheCurrency(DeskState state, DeskInput input) => Reread(input, answer =>
        answer is GatewayAnswer.Succeeded e
            ? e with { Amount = e.Amount with { Currency = Currency.Eur } }
            : answer);

    public static DeskInput BelieveNotFound(DeskState state, DeskInput input) => Reread(input, answer =>
        answer is GatewayAnswer.NotFound ? new GatewayAnswer.Declined(DeclineReason.Refused, "NOT_FOUND") : answer);

    public static DeskInput TakeTimeoutForNotSent(DeskState state, DeskInput input) =>
        input is DeskInput.Happened { What: PaymentInput.PayAnswered { Answer: GatewayAnswer.Unknown } } e
            ? e with { What = new PaymentInput.PayAnswered(new GatewayAnswer.NotSent("no connection")) }
            : input;

    public static DeskInput ForgetTheCode(DeskState state, DeskInput input) => input switch
    {
        DeskInput.Ordered e => new DeskInput.Ordered(e.Order with { Earlier = null }),
        DeskInput.Scanned e => e with { Earlier = null },
        _ => input,
    };

    public static DeskInput TakeSilenceForConsent(DeskState state, DeskInput input) =>
        input is DeskInput.Answered { Answer: EcrAnswer.Silent } e ? e with { Answer = EcrAnswer.Acknowledged } : input;

    /// <summary>The abort ends the payment here, whatever the gateway makes of it.</summary>
    public static DeskInput TrustTheAbort(DeskState state, DeskInput input) =>
        input is DeskInput.AbortAsked && state.Lane is LaneState.Paying e
            ? new DeskInput.Happened(e.Payment, new PaymentInput.PayAnswered(
                new GatewayAnswer.Declined(DeclineReason.Refused, "ABORTED")))
            : input;

    /// <summary>The sale of a till that mirrors receipts is as any other.</summary>
    public static DeskInput ForgetThatItMirrors(DeskState state, DeskInput input) => input is DeskInput.Ordered e
        ? new DeskInput.Ordered(e.Order with { Sale = e.Order.Sale with { IsMirrored = false } })
        : input;

    /// <summary>The number says nothing; the next order withdraws what was not acknowledged.</summary>
    public static DeskInput IgnoreTheMirror(DeskState state, DeskInput input) => input is DeskInput.Ordered e
        ? new DeskInput.Ordered(e.Order with { Mirror = null })
        : input;

    /// <summary>Whatever the number, the sale before stands.</summary>
    public static DeskInput TakeOneBehindForBooked(DeskState state, DeskInput input) =>
        input is DeskInput.Ordered { Order.Mirror: { Receipt: not null, Payment: { } payment } mirror } e
            ? new DeskInput.Ordered(e.Order with { Mirror = mirror with { Receipt = payment.Order.Receipt } })
            : input;

    /// <summary>An order that waits for its code goes on waiting although its line is down.</summary>
    public static DeskInput ForgetTheLine(DeskState state, DeskInput input) =>
        input is DeskInput.TillGone ? new DeskInput.TimePassed() : input;

    /// <summary>06 00 instead of an answer is a refusal.</summary>
    public static DeskInput TakeTheSaleBack(DeskState state, DeskInput input) =>
        input is DeskInput.Answered { Answer: EcrAnswer.Restarted } e ? e with { Answer = EcrAnswer.Refused } : input;

    /// <summary>The same code is the same order, whatever its number.</summary>
    public static DeskInput IgnoreTheNumber(DeskState state, DeskInput input) => input is DeskInput.Ordered e
        ? new DeskInput.Ordered(e.Order with { IsNew = false })
        : input;

    /// <summary>An order that comes again under its number is a new one.</summary>
    public static DeskInput ForgetTheNumber(DeskState state, DeskInput input)
    {
        if (input is not DeskInput.RepeatAsked { Payment: not null, Earlier.Order: Sale sale } ||
            state.Newest is not { } id || state.Find(id) is not { Order: var newest })
        {
            return input;
        }
        var again = sale with
        {
            Id = new($"AGAIN{newest.Trace:d21}"),
            Receipt = newest.Receipt + 1,
            Trace = newest.Trace + 1,
            Fingerprint = "",
        };
        return new DeskInput.Ordered(new(again, null, null) { IsNew = true });
    }

    static DeskInput Reread(DeskInput input, Func<GatewayAnswer, GatewayAnswer> reread) => input switch
    {
        DeskInput.Happened { What: PaymentInput.PayAnswered a } e =>
            e with { What = a with { Answer = reread(a.Answer) } },
        DeskInput.Happened { What: PaymentInput.Inquired a } e =>
            e with { What = a with { Answer = reread(a.Answer) } },
        _ => input,
    };

    static Sale? Sale(DeskState state, DeskInput input) =>
        input is DeskInput.Happened e ? state.Find(e.Payment)?.Order as Sale : null;
}
