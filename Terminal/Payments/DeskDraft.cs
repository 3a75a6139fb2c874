using Terminal.Payments.Answers;
using Terminal.Payments.Charges;
using Terminal.Payments.Orders;

namespace Terminal.Payments;

/// <summary>One step in the making.</summary>
sealed class DeskDraft(Machines machines, DeskState state, Moment now)
{
    readonly List<Effect> effects = [];

    public DeskState State { get; set; } = state;

    public Policy Policy => machines.Policy;

    public Moment Now => now;

    public IEnumerable<Effect.Record> Records => effects.OfType<Effect.Record>();

    public void Want(Effect effect) => effects.Add(effect);

    public Transition<DeskState> Finish()
    {
        var paying = (State.Lane as LaneState.Paying)?.Payment;
        var open = State.Open.RemoveAll(t => t.IsClosed && t.Order.Id != State.Newest && t.Order.Id != paying);
        return new(State with { Open = open }, [.. effects]);
    }

    public void PassTime()
    {
        Lane(new LaneInput.TimePassed());
        foreach (var t in State.Open)
        {
            if (t.Payment.WakeAt <= now)
            {
                Pay(t.Order.Id, new PaymentInput.TimePassed());
            }
            if (State.Find(t.Order.Id)?.Delivery.WakeAt <= now)
            {
                Deliver(t.Order.Id, new DeliveryInput.TimePassed());
            }
        }
    }

    public void Resume()
    {
        foreach (var t in State.Open)
        {
            Pay(t.Order.Id, new PaymentInput.Restarted());
            TakeBackUntold(t.Order.Id);
        }
    }

    public void Lane(LaneInput input)
    {
        var (next, move) = machines.Lane.Next(State.Lane, input, now);
        State = State with { Lane = next };
        switch (move)
        {
            case LaneMove.Begin e: Begin(e.Sale, e.Code); break;
            case LaneMove.Retell e: Retell(e.Earlier); break;
            case LaneMove.Refuse e: Refuse(e.Refusal); break;
            case LaneMove.Decline e: Decline(e.Sale, e.Why); break;
            case LaneMove.AskForCode e: Await(e.Sale, e.Until); break;
            case LaneMove.AskForProof e:
                effects.Add(new Effect.Progress(Stage.Confirming, e.Until) { Proves = e.Order });
                break;
            case LaneMove.Ignore: effects.Add(new Effect.ScanIgnored()); break;
            case LaneMove.GiveUp e: Deliver(e.Payment, new DeliveryInput.GivenUp()); break;
        }
    }

    public void Abort()
    {
        if (State.Lane is LaneState.Paying e)
        {
            Pay(e.Payment, new PaymentInput.AbortAsked());
        }
        Lane(new LaneInput.AbortAsked());
    }

    /// <summary>A new order ends the waiting of every held approval but the one it repeats.</summary>
    public void OtherCommand(SaleOrder order)
    {
        var isBooked = order.Earlier is { Order.Id: var id } && order.Mirror?.Tells(id) == true;
        OtherCommand(order.IsNew || isBooked ? null : order.Earlier?.Order.Id, order.Mirror ?? new(null));
    }

    /// <summary>The order with its earlier transaction, which the order's own mirror may just have changed.</summary>
    public SaleOrder Current(SaleOrder order) =>
        order with { Earlier = order.Earlier is { } t ? State.Find(t.Order.Id) ?? t : null };

    /// <param name="except">The transaction that the command repeats or names.</param>
    /// <param name="mirror">Null: the command mirrors no number, so a mirrored sale waits for the next order.</param>
    public void OtherCommand(PaymentId? except, Mirror? mirror)
    {
        if (State.Lane is not LaneState.Idle)
        {
            return;
        }
        if (mirror is { HasBooked: not null, Payment: { Delivery: DeliveryState.Acknowledged } unfinished })
        {
            Hold(unfinished);
        }
        foreach (var t in State.Open.Where(t => t.Order.Id != except &&
            !(mirror is null && t.Order is Sale { IsMirrored: true })))
        {
            Deliver(t.Order.Id, mirror?.Tells(t.Order.Id) is { } told
                ? new DeliveryInput.Mirrored(told)
                : new DeliveryInput.OtherCommand());
        }
    }

    public void DeliverAll(DeliveryInput input)
    {
        foreach (var t in State.Open)
        {
            Deliver(t.Order.Id, input);
        }
    }

    public void Close(PaymentId id, bool acknowledged)
    {
        // Then it is the command before the retelling that ended.
        var isStale = State.Find(id) is { Delivery: DeliveryState.Retelling { Stage: RetellStage.Offered } };
        Deliver(id, new DeliveryInput.Closed(acknowledged));
        if (!isStale && State.Lane is LaneState.Paying e && e.Payment == id)
        {
            Lane(new LaneInput.Freed());
        }
    }

    /// <summary>Something happened to the money; the ECR may have to hear of it.</summary>
    public void Pay(PaymentId id, PaymentInput input)
    {
        if (State.Find(id) is not { } t)
        {
            return;
        }
        var (next, wanted) = machines.Payment.Next(t.Payment, input, now);
        effects.AddRange(wanted);
        var after = t with { Payment = next };
        Replace(t, after);
        ShowStage(t.Payment, after);
        if (after is { Delivery: DeliveryState.Undecided, Outcome: { } outcome })
        {
            Deliver(id, new DeliveryInput.Decided(outcome));
        }
        TakeBackUntold(id);
        foreach (var record in wanted.OfType<Effect.Record>())
        {
            new NonSaleOrders(this).Settle(id, record.Fact);
        }
    }

    /// <summary>Money goes back if the ECR was not told of it, or was told otherwise (M3).</summary>
    void TakeBackUntold(PaymentId id)
    {
        if (State.Find(id) is { IsOwed: true })
        {
            Pay(id, new PaymentInput.Withdrawn());
            return;
        }
        if (State.Find(id) is
            {
                Payment: PaymentState.Paid,
                Delivery: DeliveryState.Told
                    or DeliveryState.Retelling { Settled: DeliveryState.Told }
                    or DeliveryState.Offered { Outcome: not Outcome.Approved }
                    or DeliveryState.Repeating { Outcome: not Outcome.Approved }
            })
        {
            Pay(id, new PaymentInput.Withdrawn());
        }
    }

    /// <summary>Something happened between us and the ECR; the money may have to go back.</summary>
    public void Deliver(PaymentId id, DeliveryInput input)
    {
        if (State.Find(id) is not { } t)
        {
            return;
        }
        var (next, wanted) = machines.Delivery.Next(t.Delivery, t.Order, input, now);
        effects.AddRange(wanted);
        Replace(t, t with { Delivery = next });
        if (wanted.LastOrDefault(e => e is Effect.Offer or Effect.Complete or Effect.Close) is { } told)
        {
            // 04 0F gets twice the limit: a missing answer must first end as silence.
            var limit = Policy.LinkLimit * (told is Effect.Offer ? 2 : 1);
            Lane(new LaneInput.Closing(id, now + limit));
        }
        // The command is gone with its line, or because the ECR registered anew.
        var isGone = input is DeliveryInput.Answered { Answer: EcrAnswer.LineDown or EcrAnswer.Restarted };
        if ((next is DeliveryState.Held || (isGone && next is DeliveryState.Told && wanted.Length == 0)) &&
            State.Lane is LaneState.Paying e && e.Payment == id)
        {
            Lane(new LaneInput.Freed());
        }
        if (next is DeliveryState.Withdrawn && PartialGoods.IsIntact(t.Payment))
        {
            Pay(id, new PaymentInput.Withdrawn(PartialGoods.FailsAtWallet(input, t.Order)
                ? CancelCause.Indivisible
                : CancelCause.Withdrawn));
        }
        if (wanted.Select(e => (e as Effect.Complete)?.Delivered).FirstOrDefault(d => d is not null) is { } part)
        {
            Pay(id, new PaymentInput.PartlyDelivered(part));
        }
    }

    void Begin(Sale sale, PaymentCode code)
    {
        if (State.Find(sale.Id) is { } waiting)
        {
            Replace(waiting, waiting with { Delivery = Due });
        }
        else
        {
            Add(new PaymentState.Created(sale), Due);
        }
        Pay(sale.Id, new PaymentInput.Begun(code));
    }

    /// <summary>An order without a code is durable before it is shown: from here on 06 20 asks for it.</summary>
    void Await(Sale sale, Moment until)
    {
        Mark(sale);
        effects.Add(new Effect.Progress(Stage.AwaitingCode, until));
    }

    void Decline(Sale sale, NotPaid why)
    {
        if (State.Find(sale.Id) is null)
        {
            Mark(sale);
        }
        Pay(sale.Id, new PaymentInput.Declined(why));
    }

    /// <summary>No answer is due yet: the order has no code, or ends at once.</summary>
    void Mark(Sale sale)
    {
        Add(new PaymentState.Created(sale), new(Moment.Never, Moment.Never));
        effects.Add(new Effect.Record(sale.Id, new Fact.Ordered(sale)));
    }

    public void Add(PaymentState payment, DeliveryState.Undecided delivery) => State = State with
    {
        Open = State.Open.Add(new(payment, delivery)),
        Newest = payment.Order.Id,
    };

    public DeliveryState.Undecided Due => new(now + Policy.AnswerDue, now + Policy.AnswerLimit);

    public LaneState.Paying Paying(PaymentId id) => new(id, now + Policy.CommandLimit);

    public void Refuse(Refusal refusal) => effects.Add(new Effect.Refuse(refusal));

    /// <summary>27 00 leaves again only while the money is ours and the approval stands.</summary>
    public void Retell(Transaction earlier)
    {
        Hold(earlier);
        State = State with { Newest = earlier.Order.Id };
        Deliver(earlier.Order.Id, new DeliveryInput.RepeatAsked(earlier.Outcome ?? new Outcome.NotConfirmed()));
    }

    /// <summary>Adds a closed transaction to the open ones again, unless it is there.</summary>
    public void Hold(Transaction t)
    {
        if (State.Find(t.Order.Id) is null)
        {
            State = State with { Open = State.Open.Add(t) };
        }
    }

    public void Replace(Transaction before, Transaction after) =>
        State = State with { Open = State.Open.Replace(before, after) };

    void ShowStage(PaymentState before, Transaction after)
    {
        if (after.Delivery is DeliveryState.Undecided d &&
            StageOf(after.Payment) is { } stage && stage != StageOf(before))
        {
            effects.Add(new Effect.Progress(stage, d.Due - Policy.AnswerDue + Policy.LastProgress));
        }
    }

    static Stage? StageOf(PaymentState state) => state switch
    {
        PaymentState.Requested => Stage.Submitting,
        PaymentState.Pending => Stage.WaitingForCustomer,
        PaymentState.Cancelling => Stage.Cancelling,
        _ => null,
    };
}
