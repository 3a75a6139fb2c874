using System.Collections.Immutable;

namespace Terminal.Payments;

/// <summary>All that is open: the lane, the transactions somebody still works on, and the newest one.</summary>
/// <param name="Newest">The transaction that 06 20 repeats; it stays here after it closed.</param>
public sealed record DeskState(LaneState Lane, ImmutableList<Transaction> Open, PaymentId? Newest)
{
    public static readonly DeskState Empty = new(new LaneState.Idle(), [], null);

    public Transaction? Find(PaymentId id) => Open.Find(t => t.Sale.Id == id);

    public Transaction? FindByCode(string fingerprint) => Open.FindLast(t => t.Sale.Fingerprint == fingerprint);

    public int Unresolved => Open.Count(t => t.IsUnresolved);

    public Moment WakeAt
    {
        get
        {
            var wake = Lane.WakeAt;
            foreach (var t in Open)
            {
                wake = Moment.Earliest(wake, t.WakeAt);
            }
            return wake;
        }
    }
}

/// <summary>Lets the three machines talk to each other: one input in, every effect that follows out.</summary>
public sealed class Desk(Policy policy)
{
    readonly Payment payment = new(policy);
    readonly Delivery delivery = new(policy);
    readonly Lane lane = new(policy);

    public Transition<DeskState> Next(DeskState state, DeskInput input, Moment now)
    {
        var draft = new Draft(this, state, now);
        switch (input)
        {
            case DeskInput.TimePassed: draft.PassTime(); break;
            case DeskInput.Started: draft.Resume(); break;
            case DeskInput.Ordered e:
                draft.OtherCommand(e.Order);
                var unresolved = MayBeResend(draft.State, e.Order) ? int.MaxValue : draft.State.Unresolved;
                draft.Lane(new LaneInput.Ordered(e.Order, unresolved));
                break;
            case DeskInput.Scanned e: draft.Lane(new LaneInput.Scanned(e.Code, e.Earlier)); break;
            case DeskInput.AbortAsked: draft.Abort(); break;
            case DeskInput.RepeatAsked: draft.RepeatNewest(); break;
            case DeskInput.Answered e: draft.Deliver(e.Payment, new DeliveryInput.Answered(e.Answer)); break;
            case DeskInput.Closed e: draft.Close(e.Payment, e.Acknowledged); break;
            case DeskInput.LinkReady: draft.DeliverAll(new DeliveryInput.LinkReady()); break;
            case DeskInput.Happened { What: PaymentInput.ReversalAsked or PaymentInput.RefundAsked } e
                when state.Find(e.Payment) is not { Delivery: DeliveryState.Acknowledged or DeliveryState.Completed }:
                break; // What the ECR has not booked is taken back by its delivery, or not at all.
            case DeskInput.Happened { What: PaymentInput.Resolved } e
                when state.Find(e.Payment) is { Delivery: DeliveryState.Held }:
                draft.Deliver(e.Payment, new DeliveryInput.TakenBack());
                break;
            case DeskInput.Happened e: draft.Pay(e.Payment, e.What); break;
        }
        return draft.Finish();
    }

    /// <summary>One step in the making.</summary>
    sealed class Draft(Desk desk, DeskState state, Moment now)
    {
        readonly List<Effect> effects = [];

        public DeskState State { get; private set; } = state;

        public Transition<DeskState> Finish()
        {
            var paying = (State.Lane as LaneState.Paying)?.Payment;
            var open = State.Open.RemoveAll(t => t.IsClosed && t.Sale.Id != State.Newest && t.Sale.Id != paying);
            return new(State with { Open = open }, [.. effects]);
        }

        public void PassTime()
        {
            Lane(new LaneInput.TimePassed());
            foreach (var t in State.Open)
            {
                if (t.Payment.WakeAt <= now)
                {
                    Pay(t.Sale.Id, new PaymentInput.TimePassed());
                }
                if (State.Find(t.Sale.Id)?.Delivery.WakeAt <= now)
                {
                    Deliver(t.Sale.Id, new DeliveryInput.TimePassed());
                }
            }
        }

        public void Resume()
        {
            foreach (var t in State.Open)
            {
                Pay(t.Sale.Id, new PaymentInput.Restarted());
                TakeBackUntold(t.Sale.Id);
            }
        }

        public void Lane(LaneInput input)
        {
            var (next, move) = desk.lane.Next(State.Lane, input, now);
            State = State with { Lane = next };
            switch (move)
            {
                case LaneMove.Begin e: Begin(e.Sale, e.Code); break;
                case LaneMove.Retell e: Retell(e.Earlier); break;
                case LaneMove.Refuse e: effects.Add(new Effect.Refuse(e.Refusal)); break;
                case LaneMove.AskForCode e: effects.Add(new Effect.Progress(Stage.AwaitingCode, e.Until)); break;
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

        public void RepeatNewest()
        {
            if (State.Lane is not LaneState.Idle)
            {
                effects.Add(new Effect.Refuse(new(RefusalReason.Busy)));
            }
            else if (State.Newest is { } id && State.Find(id) is { } newest)
            {
                State = State with { Lane = new LaneState.Paying(id) };
                Retell(newest);
            }
            else
            {
                effects.Add(new Effect.Refuse(new(RefusalReason.NoTransaction)));
            }
        }

        /// <summary>A new order ends the waiting of every held approval but the one it repeats.</summary>
        public void OtherCommand(Order order)
        {
            var repeated = order.IsNew ? null : order.Earlier?.Sale.Id;
            if (State.Lane is LaneState.Idle)
            {
                foreach (var t in State.Open.Where(t => t.Sale.Id != repeated))
                {
                    var hasBooked = t.Sale.Id == State.Newest ? order.Mirror?.HasBooked(t.Sale.Receipt) : null;
                    Deliver(t.Sale.Id, hasBooked is { } told
                        ? new DeliveryInput.Mirrored(told)
                        : new DeliveryInput.OtherCommand());
                }
            }
        }

        public void DeliverAll(DeliveryInput input)
        {
            foreach (var t in State.Open)
            {
                Deliver(t.Sale.Id, input);
            }
        }

        public void Close(PaymentId id, bool acknowledged)
        {
            Deliver(id, new DeliveryInput.Closed(acknowledged));
            if (State.Lane is LaneState.Paying e && e.Payment == id)
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
            var (next, wanted) = desk.payment.Next(t.Payment, input, now);
            effects.AddRange(wanted);
            var after = t with { Payment = next };
            Replace(t, after);
            ShowStage(t.Payment, after);
            if (after is { Delivery: DeliveryState.Undecided, Outcome: { } outcome })
            {
                Deliver(id, new DeliveryInput.Decided(outcome));
            }
            TakeBackUntold(id);
        }

        /// <summary>Money that the ECR was not told of, or told otherwise, goes back (M3).</summary>
        void TakeBackUntold(PaymentId id)
        {
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
            var (next, wanted) = desk.delivery.Next(t.Delivery, t.Sale, input, now);
            effects.AddRange(wanted);
            Replace(t, t with { Delivery = next });
            if (next is DeliveryState.Held && State.Lane is LaneState.Paying e && e.Payment == id)
            {
                Lane(new LaneInput.Freed());
            }
            if (next is DeliveryState.Withdrawn && t.Payment is PaymentState.Paid)
            {
                Pay(id, new PaymentInput.Withdrawn());
            }
        }

        void Begin(Sale sale, PaymentCode code)
        {
            var undecided = new DeliveryState.Undecided(now + desk.Policy.AnswerDue, now + desk.Policy.AnswerLimit);
            var t = new Transaction(new PaymentState.Created(sale), undecided);
            State = State with { Open = State.Open.Add(t), Newest = sale.Id };
            Pay(sale.Id, new PaymentInput.Begun(code));
        }

        /// <summary>27 00 leaves again only while the money is ours and the approval stands.</summary>
        void Retell(Transaction earlier)
        {
            if (State.Find(earlier.Sale.Id) is null)
            {
                State = State with { Open = State.Open.Add(earlier) };
            }
            State = State with { Newest = earlier.Sale.Id };
            Deliver(earlier.Sale.Id, new DeliveryInput.RepeatAsked(earlier.Outcome ?? new Outcome.NotConfirmed()));
        }

        void Replace(Transaction before, Transaction after) =>
            State = State with { Open = State.Open.Replace(before, after) };

        void ShowStage(PaymentState before, Transaction after)
        {
            if (after.Delivery is DeliveryState.Undecided d &&
                StageOf(after.Payment) is { } stage && stage != StageOf(before))
            {
                effects.Add(new Effect.Progress(stage, d.Due - desk.Policy.AnswerDue + desk.Policy.LastProgress));
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

    Policy Policy => policy;

    /// <summary>Without its code an order cannot be told from the held approval that waits for a person (M1).</summary>
    bool MayBeResend(DeskState state, Order order) =>
        policy.HoldForPerson && order.Code is null && state.Open.Exists(t => t.Delivery is DeliveryState.Held);
}
