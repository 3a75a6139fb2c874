using System.Threading.Channels;
using Terminal.Journal;
using Terminal.Journal.Upkeep;
using Terminal.Payments;
using Terminal.Payments.Answers;
using Terminal.Payments.Charges;
using Terminal.Payments.Orders;

namespace Terminal.Checkout;

/// <summary>The two links that the loop acts on.</summary>
sealed record Links(IEcr Ecr, IAcquirer Acquirer);

/// <summary>How one input changes what is open: <see cref="Desk.Next"/>.</summary>
delegate Transition<DeskState> Decide(DeskState state, DeskInput input, Moment now);

/// <summary>
/// The one reader of the one inbox: takes an input, lets the desk decide, makes the records durable, then acts.
/// <see cref="Step"/> never waits; <see cref="RunAsync"/> waits on the inbox or the earliest wake-up.
/// </summary>
sealed class CheckoutLoop(Decide decide, Ledger ledger, Links links, Clock clock)
{
    /// <summary>Inputs that the effects of a step bring about: the next steps.</summary>
    readonly Queue<LoopInput> following = [];
    readonly Admission admission = new(_ => null);
    readonly CodesInUse codes = new();

    Intake Intake => field ??= new(ledger, clock, links.Acquirer, Ids);

    public IdSource Ids { get; init; } = new();

    /// <summary>What is open now.</summary>
    public DeskState State { get; private set; } = DeskState.Empty;

    /// <summary>Set once the journal cannot be written: no payment moves until the process has started again.</summary>
    public JournalFailedException? Failure { get; private set; }

    public Moment WakeAt => Failure is null ? Moment.Earliest(State.WakeAt, Patience.WakeAt) : Moment.Never;

    /// <summary>Waits a little for a head office that is about to have every entry.</summary>
    internal Patience Patience { get; init; } = new(() => false);

    /// <summary>Why the journal takes no more instructions beside this many open payments; null: it does.</summary>
    public Func<int, RefusalReason?> Bar { init => admission = new(value); }

    /// <summary>Why every request of the till is refused: nothing can be recorded or told. Null: it can.</summary>
    public RefusalReason? Deaf { get; init; }

    /// <summary>The mark of the order that the till heard is accepted; null: no mark is kept.</summary>
    internal OrderMark? Accepted { get; init; }

    /// <summary>Maintenance of the journal, for when there is nothing else to do.</summary>
    public Maintenance? Maintenance { get; init; }

    /// <summary>Called after each input, once its records are durable: it shows that the loop moves.</summary>
    public Action? Alive { get; init; }

    /// <summary>How many codes our own scanner read that answered no order.</summary>
    public long ScansIgnored { get; private set; }

    /// <summary>Called after each step with the state before it and what it did, for display and log.</summary>
    public Action<DeskState, Transition<DeskState>>? Watch { get; init; }

    /// <summary>Start-up: takes what the journal left open and resumes it.</summary>
    public void Recover()
    {
        if (Accepted?.Unbegun() is { } amount)
        {
            var sale = Intake.NewSale(amount);
            ledger.Commit([new(sale.Id, new Fact.Ordered(sale))], clock.Wall);
        }
        var open = ledger.Open();
        var newest = ledger.Newest();
        State = DeskState.Empty with
        {
            Open = newest is null || open.Any(t => t.Order.Id == newest.Order.Id) ? [.. open] : [.. open, newest],
            Newest = newest?.Order.Id,
        };
        Step(new DeskInput.Started());
    }

    public void Step(LoopInput input)
    {
        if (Failure is null && State.Lane is LaneState.Idle && Patience.Holds(input, clock.Now))
        {
            return;
        }
        following.Enqueue(input);
        while (following.TryDequeue(out var next) || Patience.TryRelease(clock.Now, Failure is not null, out next))
        {
            codes.Add(next);
            Take(next);
            if (next is Arrival.Instructed && Failure is null && admission.Unwritten is null)
            {
                Accepted?.Retire();
            }
            codes.WipeOthers(Failure is null ? State : null);
        }
    }

    void Take(LoopInput input)
    {
        if (Failure is not null)
        {
            Decline(input);
            return;
        }
        if (input is LoopInput.JournalLost lost)
        {
            Failure = new(lost.Why);
            Perish([]);
            return;
        }
        if (Deaf is { } why && IsOfTill(input))
        {
            links.Ecr.Refuse(new(why));
            return;
        }
        Effect[] inDoubt = [];
        var isTaken = false;
        try
        {
            var complete = Intake.Complete(input, State);
            if (admission.Objection(complete, State) is { } reason)
            {
                links.Ecr.Refuse(new(reason));
                return;
            }
            var next = decide(State, complete, clock.Now);
            inDoubt = next.Effects;
            var proof = Commit(next.Effects);
            (inDoubt, isTaken) = ([], proof is not null);
            var before = State;
            State = next.State;
            foreach (var effect in next.Effects)
            {
                Act(effect, proof);
            }
            isTaken = true;
            Maintenance?.Watch(before, State);
            Watch?.Invoke(before, next);
        }
        catch (JournalFailedException e)
        {
            Failure ??= e;
            Perish(inDoubt);
            isTaken |= Array.Exists(inDoubt, x => x is Effect.Record r && BegunBy(r.Fact) is not null);
            if (!isTaken)
            {
                Decline(input);
            }
        }
    }

    public async Task RunAsync(ChannelReader<LoopInput> inbox, TimeProvider time, CancellationToken stop)
    {
        Recover();
        Alive?.Invoke();
        while (Failure is null)
        {
            if (inbox.TryRead(out var input))
            {
                Step(input);
                Alive?.Invoke();
            }
            else if (WakeAt <= clock.Now)
            {
                Step(new DeskInput.TimePassed());
            }
            else if (Maintenance?.WakeAt <= clock.Now)
            {
                Tend(Maintenance);
            }
            else
            {
                var next = Moment.Earliest(WakeAt, Maintenance?.WakeAt ?? Moment.Never);
                await inbox.WaitUntilAsync(next - clock.Now, time, stop);
            }
        }
        // What may still leave (M4) gets the time of one cancel; then the process ends and starts again into recovery.
        var end = clock.Now + Policy.Default.CancelLimit;
        while (clock.Now < end)
        {
            await inbox.WaitUntilAsync(end - clock.Now, time, stop);
            while (inbox.TryRead(out var input))
            {
                Step(input);
                Alive?.Invoke();
            }
        }
        throw Failure;
    }

    void Tend(Maintenance maintenance)
    {
        try
        {
            maintenance.Step();
        }
        catch (JournalFailedException e)
        {
            Step(new LoopInput.JournalLost(e.Message));
        }
    }

    Durable? Commit(Effect[] effects)
    {
        var records = effects.OfType<Effect.Record>().ToList();
        return records.Count == 0 ? null : ledger.Commit(records, clock.Wall);
    }

    /// <summary>For a repeated effect: the record that it rests on was durable before.</summary>
    Durable Proof(PaymentId id) =>
        ledger.ProofOf(id) ?? throw new InvalidOperationException($"nothing of payment {id} is durable");

    void Act(Effect effect, Durable? proof)
    {
        switch (effect)
        {
            case Effect.Charge e: links.Acquirer.Charge(proof ?? Proof(e.Sale.Id), e); break;
            case Effect.Query e: links.Acquirer.Query(e); break;
            case Effect.Cancel e: links.Acquirer.Cancel(proof ?? Proof(e.Payment), e); break;
            case Effect.Refund e: links.Acquirer.Refund(proof ?? Proof(e.Payment), e); break;
            case Effect.QueryRefund e: links.Acquirer.QueryRefund(e); break;
            case Effect.DrawRefundId e:
                following.Enqueue(new DeskInput.Happened(e.Payment, new PaymentInput.RefundIdDrawn(Ids.NextRefund())));
                break;
            case Effect.Offer { Outcome: Outcome.Approved } e:
                links.Ecr.Approve(proof ?? Proof(e.Order.Id), e);
                break;
            case Effect.Offer e: links.Ecr.Tell(e); break;
            case Effect.Complete e: links.Ecr.Complete(proof ?? Proof(e.Payment), e); break;
            case Effect.Close e: links.Ecr.Close(e); break;
            case Effect.Refuse e: links.Ecr.Refuse(e.Refusal); break;
            case Effect.Report e: links.Ecr.Report(e); break;
            case Effect.Progress e: links.Ecr.Show(e); break;
            case Effect.ScanIgnored: ScansIgnored++; break;
        }
    }

    /// <summary>
    /// The journal is gone: only the cancels of what may be charged, and "not confirmed", still leave (M4). Nothing is
    /// said about an approval whose commit failed: the next start reads which way it went, and 06 20 tells it.
    /// </summary>
    /// <param name="inDoubt">Effects whose commit failed; empty if the failure came before or after a commit.</param>
    void Perish(Effect[] inDoubt)
    {
        var records = inDoubt.OfType<Effect.Record>().ToList();
        var doubtful = records.Where(r => r.Fact is Fact.Paid).Select(r => r.Payment).ToHashSet();
        foreach (var t in State.Open.Where(t => !doubtful.Contains(t.Order.Id)))
        {
            if (t.Payment is PaymentState.Requested or PaymentState.Pending)
            {
                links.Acquirer.Cancel(Proof(t.Order.Id), new(t.Order.Id, 1, Policy.Default.CancelLimit));
            }
            if (t is { Delivery: DeliveryState.Undecided, Payment: not PaymentState.Created })
            {
                links.Ecr.Tell(new(t.Order, new Outcome.NotConfirmed(), clock.Now));
            }
        }
        if (State.Lane is LaneState.AwaitingCode or LaneState.Confirming)
        {
            links.Ecr.Refuse(new(RefusalReason.JournalDown));
        }
        foreach (var order in records.Select(r => BegunBy(r.Fact)).OfType<Order>())
        {
            links.Ecr.Tell(new(order, new Outcome.NotConfirmed(), clock.Now));
        }
    }

    /// <summary>A return or end-of-day whose commit failed: nobody knows whether it will be carried out.</summary>
    static Order? BegunBy(Fact fact) => fact switch
    {
        Fact.ReturnRequested f => f.Return,
        Fact.PeriodClosed f => f.Closing,
        _ => null,
    };

    static bool IsOfTill(LoopInput input) => input is
        Arrival.Instructed or Arrival.RepeatAsked or Arrival.ReturnInstructed or Arrival.CloseInstructed or
        Arrival.TotalsAsked;

    /// <summary>After a journal failure: closes what is being told, refuses what is new.</summary>
    void Decline(LoopInput input)
    {
        switch (input)
        {
            case var asked when IsOfTill(asked):
                links.Ecr.Refuse(new(RefusalReason.JournalDown));
                break;
            case DeskInput.Answered e when State.Find(e.Payment)?.Delivery is DeliveryState.Undecided or null:
                links.Ecr.Close(new(e.Payment, new Outcome.NotConfirmed()));
                break;
        }
    }
}
