using System.Diagnostics;
using Terminal.Journal;
using Terminal.Payments;
using Terminal.Payments.Answers;
using Terminal.Payments.Orders;

namespace Terminal.Checkout;

/// <summary>Completes inputs with what the desk cannot know: fresh ids and numbers, the time, and their past.</summary>
sealed class Intake(Ledger ledger, Clock clock, IAcquirer acquirer, IdSource ids)
{
    /// <summary>How many orders back a mirrored number is looked for.</summary>
    const int MostLookedAt = 100;

    public DeskInput Complete(LoopInput input, DeskState state) => input switch
    {
        DeskInput complete => complete,
        Arrival.Instructed e => new DeskInput.Ordered(
            new(
                NewSale(e.Amount) with { Expiry = acquirer.Expiry, IsMirrored = e.Mirror is not null },
                e.Code,
                EarlierOf(e.Code, state))
            {
                IsNew = e.IsNew,
                HearsProgress = e.HearsProgress,
                Objection = e.Objection,
                Mirror = Explain(e.Mirror, state),
            }),
        Arrival.Scanned e => new DeskInput.Scanned(e.Code, EarlierOf(e.Code, state)),
        Arrival.RepeatAsked { Payment: { } id } => new DeskInput.RepeatAsked(id, state.Find(id) ?? ledger.Find(id)),
        Arrival.RepeatAsked => new DeskInput.RepeatAsked(),
        Arrival.ReturnInstructed e => new DeskInput.ReturnOrdered(OrderOf(e.Request, state))
        {
            Mirror = Explain(e.Mirror, state),
        },
        Arrival.CloseInstructed e => Close(Explain(e.Mirror, state), state),
        Arrival.TotalsAsked => new DeskInput.TotalsAsked(ledger.Accounts(), NextNumbers()),
        _ => throw new UnreachableException($"{input.GetType().Name} is not for the desk"),
    };

    /// <summary>A sale of which only the amount is known.</summary>
    public Sale NewSale(Money amount)
    {
        var (id, receipt, trace, at) = NextNumbers();
        return new(id, receipt, trace, amount, "", at, null) { GatewayTime = acquirer.SignedTime };
    }

    OrderNumbers NextNumbers()
    {
        var (receipt, trace) = ledger.NextNumbers();
        return new(ids.NextPayment(), receipt, trace, clock.Wall) { GatewayTime = acquirer.SignedTime };
    }

    Mirror? Explain(Mirror? mirror, DeskState state)
    {
        if (mirror is null)
        {
            return null;
        }
        Transaction? payment = null;
        var before = new List<int>();
        foreach (var t in ledger.NewestFirst().Take(MostLookedAt))
        {
            var isPayment = t.Order is Sale;
            if (payment is null)
            {
                payment = isPayment ? state.Find(t.Order.Id) ?? t : null;
                continue;
            }
            before.Add(t.Order.Receipt);
            if (isPayment && t.Delivery is DeliveryState.Acknowledged or DeliveryState.Completed)
            {
                break;
            }
        }
        return mirror with { Payment = payment, Before = [.. before] };
    }

    Transaction? EarlierOf(PaymentCode? code, DeskState state) =>
        code is null ? null : state.FindByCode(code.Fingerprint) ?? ledger.FindByCode(code.Fingerprint);

    ReturnOrder OrderOf(ReturnRequest request, DeskState state)
    {
        var (original, rivals, inPeriod) = request switch
        {
            { Receipt: { } receipt } => Choose(request, receipt, state),
            { Reference: { } id } => new(state.Find(id) ?? ledger.Find(id), [], false),
            _ => new(null, [], false),
        };
        return new(request, NextNumbers(), original, LastReturnOf(original?.Order.Id, state), inPeriod)
        {
            Rivals = rivals,
        };
    }

    ReceiptChoice Choose(ReturnRequest request, int receipt, DeskState state)
    {
        var start = ledger.PeriodStart;
        return ReceiptChoice.Of(request, Find(start), () => Find(0));

        // The desk's state of an open order is newer than the journal's.
        Transaction[] Find(long from) =>
            [.. ledger.FindByReceipt(receipt, from).Select(t => state.Find(t.Order.Id) ?? t)];
    }

    /// <summary>
    /// Looked up in the journal: at the desk an older return may stand last, because it was told again.
    /// </summary>
    Transaction? LastReturnOf(PaymentId? payment, DeskState state) =>
        payment is { } id && ledger.FindReturnOf(id) is { } last ? state.Find(last.Order.Id) ?? last : null;

    DeskInput.CloseOrdered Close(Mirror? mirror, DeskState state) =>
        new(ledger.Accounts(mirror?.Payment?.Order.Id), NextNumbers(), LastEndOfDay(state)) { Mirror = mirror };

    /// <summary>
    /// Looked up in the journal: at the desk 06 20 or a resend may have made an older order the newest.
    /// </summary>
    Transaction? LastEndOfDay(DeskState state) =>
        ledger.Newest() is { Order: EndOfDay { Id: var id } } last
            ? state.Find(id) ?? last
            : null;
}
