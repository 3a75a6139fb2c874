using Terminal.Payments.Answers;
using Terminal.Payments.Charges;
using Terminal.Payments.Orders;

namespace Terminal.Payments;

/// <summary>What the ECR orders beside payments: tell it again, return money, close the period.</summary>
sealed partial class DeskDraft
{
    public void Repeat(DeskInput.RepeatAsked asked)
    {
        if (IsBusy())
        {
            return;
        }
        var earlier = asked.Payment is null && State.Newest is { } newest ? State.Find(newest) : asked.Earlier;
        if (earlier is not null)
        {
            RetellAlone(earlier);
        }
        else
        {
            Refuse(new(RefusalReason.NoTransaction));
        }
    }

    /// <summary>The record of the order and what it does to the money are one commit.</summary>
    public void Return(ReturnOrder order, Mirror? mirror)
    {
        if (IsBusy())
        {
            return;
        }
        OtherCommand(order.Original?.Sale.Id, mirror);
        if (Returns.RepeatedBy(order) is { } earlier)
        {
            RetellAlone(earlier);
        }
        else if (Returns.ObjectionTo(order) is { } refusal)
        {
            Refuse(refusal);
        }
        else if (State.Unresolved >= machines.Policy.MaxUnresolved)
        {
            Refuse(new(RefusalReason.TooManyUnresolved));
        }
        else
        {
            BeginReturn(order, order.Original!);
        }
    }

    /// <summary>The period is closed once, and told until the ECR has heard all of it.</summary>
    public void ClosePeriod(DeskInput.CloseOrdered order)
    {
        if (IsBusy())
        {
            return;
        }
        OtherCommand(except: null, order.Mirror);
        var sale = order.Sale;
        if (Returns.RepeatedBy(order) is { } earlier)
        {
            sale = earlier.Sale;
            Hold(earlier);
            State = State with { Lane = Paying(sale.Id), Newest = sale.Id };
        }
        else if (order.Earlier is not null && IsEmpty(sale = WithUnresolved(sale)))
        {
            // Closed before, and nothing since: a till that asks again and again must not fill the journal.
            effects.Add(new Effect.Report(sale) { IsClosedBefore = true });
            return;
        }
        else
        {
            sale = WithUnresolved(sale);
            Admit(new PaymentState.Done(sale));
            effects.Add(new Effect.Record(sale.Id, new Fact.PeriodClosed(sale)));
        }
        Deliver(sale.Id, new DeliveryInput.Decided(new Outcome.Approved("")));
    }

    public void Report(Sale sale)
    {
        if (!IsBusy())
        {
            effects.Add(new Effect.Report(WithUnresolved(sale)));
        }
    }

    void BeginReturn(ReturnOrder order, Transaction original)
    {
        var (sale, id) = (order.Sale, original.Sale.Id);
        Hold(original);
        Admit(new PaymentState.Returning(sale));
        effects.Add(new Effect.Record(sale.Id, new Fact.ReturnRequested(sale)));
        effects.Add(new Effect.Progress(Stage.Returning, now + machines.Policy.LastProgress));
        if (original.Delivery is DeliveryState.Held)
        {
            Deliver(id, new DeliveryInput.TakenBack());
            return;
        }
        // A cancel returns all of a payment: of one that is not whole any more only a refund returns what is left.
        Pay(id, order.Request.Kind == ReturnKind.Reversal && original.Payment is PaymentState.Paid
            ? new PaymentInput.ReversalAsked()
            : new PaymentInput.RefundAsked(new(sale.Id.Value), sale.Amount.Minor));
    }

    /// <summary>The return that waits for this payment is carried out, or never will be.</summary>
    void SettleReturn(PaymentId payment, Fact happened)
    {
        if (Returns.Verdict(happened) is { } verdict && State.Open.Find(t =>
            t.Payment is PaymentState.Returning { Sale.Instruction: Instruction.Return r } && r.Payment == payment)
            is { } waiting)
        {
            var settled = Recovery.Apply(waiting, verdict)!;
            Replace(waiting, waiting with { Payment = settled.Payment });
            effects.Add(new Effect.Record(waiting.Sale.Id, verdict));
            if (settled.Outcome is { } outcome)
            {
                Deliver(waiting.Sale.Id, new DeliveryInput.Decided(outcome));
            }
        }
    }

    static bool IsEmpty(Sale closing) => ((Instruction.EndOfDay)closing.Instruction).Totals.IsEmpty;

    bool IsBusy()
    {
        if (State.Lane is LaneState.Idle)
        {
            return false;
        }
        Refuse(new(RefusalReason.Busy));
        return true;
    }

    /// <summary>Adds the payments of which it is not certain yet what they come to.</summary>
    Sale WithUnresolved(Sale sale)
    {
        var unresolved = State.Open.Count(t => t.IsUnresolved || t.Delivery is DeliveryState.Held);
        var totals = ((Instruction.EndOfDay)sale.Instruction).Totals with { Unresolved = unresolved };
        return sale with { Instruction = new Instruction.EndOfDay(totals) };
    }

    void RetellAlone(Transaction earlier)
    {
        State = State with { Lane = Paying(earlier.Sale.Id) };
        Retell(earlier);
    }
}
