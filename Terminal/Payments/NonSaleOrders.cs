using Terminal.Payments.Answers;
using Terminal.Payments.Charges;
using Terminal.Payments.Orders;
using Terminal.Payments.Periods;

namespace Terminal.Payments;

/// <summary>What the ECR orders besides sales: tell again, return money, total or close the period.</summary>
sealed class NonSaleOrders(DeskDraft draft)
{
    public void Repeat(DeskInput.RepeatAsked asked)
    {
        if (IsBusy())
        {
            return;
        }
        var earlier = asked.Payment is null && draft.State.Newest is { } newest
            ? draft.State.Find(newest)
            : asked.Earlier;
        if (earlier is not null)
        {
            RetellAlone(earlier);
        }
        else
        {
            draft.Refuse(new(RefusalReason.NoTransaction));
        }
    }

    /// <summary>The record of the order and what it does to the money are one commit.</summary>
    public void Return(ReturnOrder order, Mirror? mirror)
    {
        if (IsBusy())
        {
            return;
        }
        draft.OtherCommand(order.Original?.Order.Id, mirror);
        if (Returns.RepeatedBy(order) is { } earlier)
        {
            RetellAlone(earlier);
        }
        else if (Returns.ObjectionTo(order) is { } refusal)
        {
            draft.Refuse(refusal);
        }
        else if (draft.State.Unresolved >= draft.Policy.MaxUnresolved)
        {
            draft.Refuse(new(RefusalReason.TooManyUnresolved));
        }
        else
        {
            BeginReturn(order, order.Original!);
        }
    }

    /// <summary>The period is closed once; its totals are told until the ECR has heard all of them.</summary>
    public void ClosePeriod(DeskInput.CloseOrdered order)
    {
        if (IsBusy())
        {
            return;
        }
        draft.OtherCommand(except: null, order.Mirror);
        if (Returns.RepeatedBy(order) is { } earlier)
        {
            draft.Hold(earlier);
            draft.State = draft.State with { Lane = draft.Paying(earlier.Order.Id), Newest = earlier.Order.Id };
            TellTotals(earlier.Order.Id);
            return;
        }
        var closing = Total(order.Numbers, order.Accounts);
        if (order.Earlier is not null && closing.Totals.IsEmpty)
        {
            // Nothing happened since the last close: a till that asks again and again must not fill the journal.
            draft.Want(new Effect.Report(closing) { IsClosedBefore = true });
            return;
        }
        Admit(new PaymentState.Done(closing));
        draft.Want(new Effect.Record(closing.Id, new Fact.PeriodClosed(closing)));
        TellTotals(closing.Id);
    }

    public void Total(DeskInput.TotalsAsked asked)
    {
        if (!IsBusy())
        {
            draft.Want(new Effect.Report(Total(asked.Numbers, asked.Accounts)));
        }
    }

    void BeginReturn(ReturnOrder order, Transaction original)
    {
        var id = original.Order.Id;
        var made = Returns.Begin(order, original);
        draft.Hold(original);
        Admit(new PaymentState.Returning(made));
        draft.Want(new Effect.Record(made.Id, new Fact.ReturnRequested(made)));
        draft.Want(new Effect.Progress(Stage.Returning, draft.Now + draft.Policy.LastProgress));
        if (original.Delivery is DeliveryState.Held)
        {
            draft.Deliver(id, new DeliveryInput.TakenBack());
            return;
        }
        // A cancel returns a whole payment. Once a part is returned, only a refund can return what is left.
        draft.Pay(id, made is Reversal && original.Payment is PaymentState.Paid
            ? new PaymentInput.ReversalAsked()
            : new PaymentInput.RefundAsked(new(made.Id.Value), made.Amount.Minor));
    }

    /// <summary>From here the order occupies the lane, and 06 20 asks for it.</summary>
    void Admit(PaymentState payment)
    {
        draft.State = draft.State with { Lane = draft.Paying(payment.Order.Id) };
        draft.Add(payment, draft.Due);
    }

    /// <summary>Settles the return that waits for this payment: it is carried out, or never will be.</summary>
    public void Settle(PaymentId payment, Fact happened)
    {
        if (Returns.Verdict(happened) is { } verdict && draft.State.Open.Find(t =>
            t.Payment is PaymentState.Returning r && r.Return.Of.Id == payment) is { } waiting)
        {
            var settled = Recovery.Apply(waiting, verdict)!;
            draft.Replace(waiting, waiting with { Payment = settled.Payment });
            draft.Want(new Effect.Record(waiting.Order.Id, verdict));
            if (settled.Outcome is { } outcome)
            {
                draft.Deliver(waiting.Order.Id, new DeliveryInput.Decided(outcome));
            }
        }
    }

    bool IsBusy()
    {
        if (draft.State.Lane is LaneState.Idle)
        {
            return false;
        }
        draft.Refuse(new(RefusalReason.Busy));
        return true;
    }

    /// <summary>
    /// The period includes what this very step records of the sale that the ECR mirrors. Payments whose outcome is not
    /// certain yet are counted separately.
    /// </summary>
    EndOfDay Total(OrderNumbers numbers, Accounts accounts) => EndOfDay.New(
        numbers, accounts.Total(draft.Records) with
        {
            Unresolved = draft.State.Open.Count(t => t.IsUnresolved || t.Delivery is DeliveryState.Held),
        });

    void TellTotals(PaymentId id) => draft.Deliver(id, new DeliveryInput.Decided(new Outcome.Approved("")));

    void RetellAlone(Transaction earlier)
    {
        draft.State = draft.State with { Lane = draft.Paying(earlier.Order.Id) };
        draft.Retell(earlier);
    }
}
