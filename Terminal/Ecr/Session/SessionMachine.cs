using Terminal.Ecr.Commands;
using Terminal.Ecr.Messages;
using Terminal.Payments;
using Terminal.Payments.Answers;
using Terminal.Payments.Orders;
using static Terminal.Ecr.Session.SessionMove;
using static Terminal.Ecr.Session.SessionState;
using static Terminal.Ecr.Session.SessionState.Telling.Result;
using Step = Terminal.Ecr.Session.SessionStep;

namespace Terminal.Ecr.Session;

/// <summary>
/// The session machine: what becomes of the ECR's command, and who is told. There is one row table per state. <see
/// cref="Anywhere"/> has the rows that all states share, and <see cref="Hearing"/> those for commands of the ECR.
/// </summary>
static class SessionMachine
{
    /// <summary>How long a command waits for the end of the one before it.</summary>
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    public static Step Next(SessionState state, SessionInput input, Moment now)
    {
        var (next, moves) = input is SessionInput.Heard heard ? Hearing.Next(state, heard) : Judge(state, input, now);
        // The command that waited is read now, unless its line is gone.
        return state is CutOff { Next: { } held } && next is not CutOff { Next: not null }
            ? new(next, [.. moves, IsLineLost(input) ? new Wipe(held.Apdu) : new Read(held.Apdu)])
            : new(next, moves);
    }

    static Step Judge(SessionState state, SessionInput input, Moment now) => state switch
    {
        Idle s => FromIdle(s, input),
        // The command in which 84 9C asked for the repeat is over, and the desk knows that.
        not PutOff when input is SessionInput.Offer { What.IsRepeat: true } => new(state),
        Working s => FromWorking(s, input),
        CutOff s => FromCutOff(s, input, now),
        Telling.NoPayment s => FromNoPayment(s, input),
        OnOffer s => FromOnOffer(s, input),
        Telling.Result s => FromResult(s, input),
        _ => new(state),
    };

    static Step FromIdle(Idle s, SessionInput input) => input switch
    {
        SessionInput.Offer { What: { IsRepeat: true, Order.Id: var id } } when s.Past.Untold == id => new(s),
        // The ECR that gave the order is gone, and nobody has asked for the result since.
        SessionInput.Offer { What.Order.Id: var id } when s.Past.Untold == id =>
            new(s, new Post(new DeskInput.Answered(id, EcrAnswer.LineDown))),
        SessionInput.Offer e => new(s, new Quiet(), new Say(new Purpose.Offer(e.What))),
        // An approval that was acknowledged too late is ended even after its command, but never inside another one.
        SessionInput.Close { What: var e } when e.Payment != s.Past.Untold && e.Payment != s.Closing =>
            new(s with { Closing = e.Payment }, new Say(new Purpose.End(e.Payment, null, e.Outcome))),
        SessionInput.Settled { Purpose: Purpose.End p } when p.Payment == s.Closing =>
            Anywhere(s with { Closing = null }, input),
        _ => Anywhere(s, input),
    };

    static Step FromWorking(Working s, SessionInput input) => input switch
    {
        SessionInput.Replied e when s.Desk == DeskStage.Unaware =>
            new(s with { Desk = DeskStage.Aware }, new Post(e.Then)),
        SessionInput.Show { What: var cue } when s.Desk == DeskStage.Aware && IsUnderWay(cue) =>
            new(s with { Desk = DeskStage.UnderWay }, new Show(cue)),
        SessionInput.Show e => new(s, new Show(e.What)),
        SessionInput.Offer e => Tell(s, s.Command, e.What),
        SessionInput.Refuse e =>
            new(new Telling.NoPayment(s.Past, s.Command), new Quiet(), new Say(new Purpose.Refusal(e.Why))),
        SessionInput.Report e =>
            new(new Telling.NoPayment(s.Past, s.Command), new Quiet(), new Say(new Purpose.Totals(e.What))),
        SessionInput.LineDown or SessionInput.Disconnected when s.Desk == DeskStage.Unaware => new(new Idle(s.Past)),
        SessionInput.LineDown or SessionInput.Settled { Purpose: Purpose.Progress, How: MessageEnd.Unheard } =>
            new(s, TillGone),
        SessionInput.Disconnected => Cut(s, EcrAnswer.LineDown),
        _ => Anywhere(s, input),
    };

    static Step FromCutOff(CutOff s, SessionInput input, Moment now) => input switch
    {
        SessionInput.Commanded e when s is { Desk: not DeskStage.UnderWay, Next: null } && MustWait(s, e) =>
            new(s with { Next = new(e.Apdu, now + Patience) }),
        SessionInput.TimePassed when now >= s.WakeAt => new(s with { Next = null }),
        SessionInput.Show e when IsUnderWay(e.What) => new(s with { Desk = DeskStage.UnderWay, Next = null }),
        // The ECR registered again before it had our reply.
        SessionInput.Replied e when s.Desk == DeskStage.Unaware =>
            new(s with { Desk = DeskStage.Aware }, new Post(e.Then), TillGone),
        SessionInput.Replied e => new(s, new Post(e.Then), TillGone),
        SessionInput.LineDown or SessionInput.Disconnected when s.Desk == DeskStage.Unaware => new(new Idle(s.Past)),
        SessionInput.LineDown => new(s with { Next = null }, TillGone),
        SessionInput.Disconnected => new(s with { By = EcrAnswer.LineDown, Next = null }, TillGone),
        SessionInput.Settled { Purpose: Purpose.Progress, How: MessageEnd.Unheard } => new(s, TillGone),
        SessionInput.Offer { What.Order.Id: var id } => new(
            new Idle(s.Past.Begun(s.Command.Number, id) with { Untold = id }),
            new Post(new DeskInput.Answered(id, s.By))),
        SessionInput.Refuse or SessionInput.Report => new(new Idle(s.Past)),
        _ => Anywhere(s, input),
    };

    static Step FromNoPayment(Telling.NoPayment s, SessionInput input) => input switch
    {
        SessionInput.Settled { Purpose: Purpose.Refusal or Purpose.Totals, How: MessageEnd.LineDown } =>
            new(new Idle(s.Past)),
        SessionInput.Settled { Purpose: Purpose.Refusal p } => new(s, new Say(new Purpose.EndOfRefusal(p.Why))),
        SessionInput.Settled { Purpose: Purpose.Totals } => new(s, new Say(new Purpose.EndOfTotals())),
        SessionInput.Settled { Purpose: Purpose.EndOfRefusal or Purpose.EndOfTotals } => new(new Idle(s.Past)),
        SessionInput.Offer e => Tell(s, s.Command, e.What),
        SessionInput.Disconnected => new(new Idle(s.Past with { Untold = null }), new Quiet()),
        _ => Anywhere(s, input),
    };

    static Step FromOnOffer(OnOffer s, SessionInput input) => input switch
    {
        SessionInput.Settled { Purpose: Purpose.Offer p, How: not MessageEnd.PassedOver } e
            when p.Payment == s.Payment => new(After(s, OfferAnswer.Of(e, s), e), new Post(OfferAnswer.Of(e, s))),
        _ => FromResult(s, input),
    };

    static SessionState After(OnOffer s, DeskInput.Answered said, SessionInput.Settled e) => said.Answer switch
    {
        EcrAnswer.LineDown => new Idle(s.Past),
        // An ECR that mirrors receipts asks for a result that it did not hear, and a 06 1E now would be false. Its 06
        // 20 does not say that it mirrors them, but the sale does.
        _ when e.Answer is null && (s.Command.Terms.IsMirrored || s.Offer.Order is Sale { IsMirrored: true }) =>
            new Idle(s.Past),
        EcrAnswer.NotYet => new PutOff(s.Past, s.Command, s.Offer, s.Repeats + 1),
        _ => new Answered(s.Past, s.Command, s.Offer) { IsExhausted = OfferAnswer.IsTooOften(e, s) },
    };

    static Step FromResult(Telling.Result s, SessionInput input) => input switch
    {
        SessionInput.Complete { What: var e } when e.Payment == s.Payment => Complete(s, e),
        SessionInput.Close { What: var e } when e.Payment == s.Payment && s is not Ending.Closing =>
            Close(s, e.Outcome),
        SessionInput.Offer e => Tell(s, s.Command, e.What),
        SessionInput.Settled { Purpose: Purpose.Complete p } when p.Payment == s.Payment =>
            Anywhere(new Idle(s.Past), input),
        SessionInput.Settled { Purpose: Purpose.End p } when p.Payment == s.Payment =>
            Anywhere(new Idle(s.Past), input),
        // After 06 0F or a receipt, a late answer may belong to either. The answer to 06 0F says more.
        SessionInput.Late { Purpose: Purpose.Offer p } when s is Ending.Completing && p.Payment == s.Payment => new(s),
        SessionInput.Disconnected => Part(s, EcrAnswer.LineDown),
        _ => Anywhere(s, input),
    };

    /// <summary>The rows that do not depend on the command under way.</summary>
    static Step Anywhere(SessionState s, SessionInput input) => input switch
    {
        SessionInput.Commanded e => new(s, new Read(e.Apdu)),
        SessionInput.Replied e => new(s, new Post(e.Then)),
        SessionInput.Delivered { Purpose: Purpose.Progress { Proves: { } order } } =>
            new(s, new Post(new DeskInput.TillThere(order))),
        SessionInput.Settled { Purpose: Purpose.Progress { Proves: { } order }, How: MessageEnd.Answered } =>
            new(s, new Post(new DeskInput.TillThere(order))),
        SessionInput.Settled { Purpose: Purpose.Offer p, How: MessageEnd.PassedOver e } =>
            new(s, new Post(new DeskInput.Answered(p.Payment, e.As))),
        SessionInput.Settled { Purpose: Purpose.Offer } e => new(s, new Post(OfferAnswer.Of(e, null))),
        SessionInput.Settled { Purpose: Purpose.Complete p } e =>
            new(s, new Post(new DeskInput.Closed(p.Payment, e.Answer is { IsPositive: true }))),
        // Any answer means that the ECR heard it: after an abort some ECRs refuse the end that they asked for.
        SessionInput.Settled { Purpose: Purpose.End p } e =>
            new(s, new Post(new DeskInput.Closed(p.Payment, e.Answer is not null))),
        SessionInput.Late { Purpose: Purpose.Offer p } e when IssuedGoods.IsYes(e.Answer) =>
            new(s, new Post(IssuedGoods.Answered(p.Payment, EcrAnswer.Acknowledged, e.Answer))),
        // The ECR waits for this only inside its own command.
        SessionInput.Complete e => new(s, new Post(new DeskInput.Closed(e.What.Payment, false))),
        SessionInput.Close e => new(s, new Post(new DeskInput.Closed(e.What.Payment, false))),
        _ => new(s),
    };

    public static readonly Post TillGone = new(new DeskInput.TillGone());

    static bool IsLineLost(SessionInput input) => input is SessionInput.LineDown or SessionInput.Disconnected;

    static bool IsUnderWay(Effect.Progress cue) => cue.Stage is not (Stage.AwaitingCode or Stage.Confirming);

    static bool MustWait(CutOff s, SessionInput.Commanded e) => e.Row is { When: Permitted.Idle } row &&
        (row.Command != Command.RepeatReceipt || s.Command.IsTotals) &&
        (row.Command != Command.Authorisation || s.Past.Find(e.Number) is null);

    /// <summary>Sends 04 0F; intermediate statuses end.</summary>
    static Step Tell(SessionState s, OpenCommand command, Effect.Offer offer) => new(
        new OnOffer(s.Past.Begun(command.Number, offer.Order.Id), command, offer, (s as PutOff)?.Repeats ?? 0),
        new Quiet(), new Say(new Purpose.Offer(offer)));

    /// <summary>Ends an approved payment. Its receipts show the amount for which goods were issued.</summary>
    static Step Complete(Telling.Result s, Effect.Complete e)
    {
        var offer = e.Delivered is { } part && s.Offer.Order is Sale sale
            ? s.Offer with { Order = sale with { Delivered = part } }
            : s.Offer;
        return new(
            new Ending.Completing(s.Past, s.Command, offer),
            new Print(offer.Order, offer.Outcome), new Say(new Purpose.Complete(e.Payment)));
    }

    static Step Close(Telling.Result s, Outcome outcome)
    {
        // An ECR that asked again too often is told so before the end (PA00P015 chapter 2.2.6).
        SessionMove[] first = s is Answered { IsExhausted: true }
            ? [new Say(new Purpose.TooOften(s.Offer.Order, outcome))]
            : [];
        SessionMove[] receipts = outcome is Outcome.Approved ? [] : [new Print(s.Offer.Order, outcome)];
        return new(
            new Ending.Closing(s.Past, s.Command, s.Offer),
            [.. first, .. receipts, new Say(new Purpose.End(s.Payment, s.Offer.Order, outcome))]);
    }

    /// <summary>
    /// Cuts the command off: an order without a code is given up, and 06 20 reports on one that has a code.
    /// </summary>
    public static Step Cut(Working s, EcrAnswer by) =>
        new(new CutOff(s.Past, s.Command, s.Desk, by), TillGone, new Quiet());

    /// <summary>The connection ends before the result is told.</summary>
    public static Step Part(Telling.Result s, EcrAnswer by)
    {
        var idle = new Idle(s.Past with { Untold = s.Payment });
        return s is PutOff
            ? new(idle, new Quiet(), new Post(new DeskInput.Answered(s.Payment, by)))
            : new(idle, new Quiet());
    }
}
