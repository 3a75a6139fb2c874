using System.Diagnostics.CodeAnalysis;
using Terminal.Payments;
using Terminal.Scanner;

namespace Terminal.Ecr;

/// <summary>
/// The payment terminal's side of ZVT: understands the ECR's commands, tells the desk, and tells the ECR what came of
/// it. Moves no bytes and has no clock; whoever drives it calls <see cref="TimePassed"/> at <see cref="WakeAt"/>.
/// </summary>
public sealed partial class Session
{
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    readonly Queue<SessionOutput> outputs = [];
    readonly EcrSettings settings;
    readonly Dialogue dialogue;
    readonly StatusInformation status;
    readonly Receipt receipt;
    readonly ProgressCue progress;
    readonly Reception reception;
    OpenCommand? open;
    /// <summary>Its result could not be told on the connection that ordered it.</summary>
    PaymentId? untold;
    /// <summary>On offer when 06 20 or 06 00 came, and what that makes of it; 06 20 tells it.</summary>
    (PaymentId Payment, EcrAnswer Answer)? passedOn;
    /// <summary>A command that came while nobody knows yet whether the one before it has ended.</summary>
    (Apdu Apdu, Moment Until)? postponed;
    int? reopen;
    bool isSuspect;

    /// <param name="isOutOfOrder">Would a payment be refused now? Null: never.</param>
    /// <param name="bar">Why an order could not be written down; null: it was.</param>
    public Session(
        EcrSettings settings, CodeSeal seal, Func<bool>? isOutOfOrder = null,
        Func<DeskInput.Instructed, RefusalReason?>? bar = null)
    {
        this.settings = settings;
        reception = new(settings, seal) { IsOutOfOrder = isOutOfOrder ?? (() => false), Bar = bar ?? (_ => null) };
        dialogue = new(settings.Timers, Connect) { Stamp = reception.Stamp };
        (status, receipt, progress) = (new(settings), new(settings), new(settings.Timers.Progress));
    }

    public Moment WakeAt => Moment.Earliest(
        Moment.Earliest(dialogue.WakeAt, postponed?.Until ?? Moment.Never),
        reopen is null ? progress.WakeAt(dialogue.QuietAt) : dialogue.QuietAt);

    /// <summary>The ECR is in the middle of nothing, and neither are we.</summary>
    public bool IsIdle => open is null && dialogue.QuietAt != Moment.Never;

    ReplyTerms Terms => open?.Terms ?? reception.Terms;

    public bool TryTake([MaybeNullWhen(false)] out SessionOutput output) => outputs.TryDequeue(out output);

    public void LineUp()
    {
        dialogue.Open();
        Post(new DeskInput.LinkReady());
    }

    public void LineDown(Moment now)
    {
        dialogue.Hangup();
        reception.LineDown();
        postponed?.Apdu.Wipe();
        (reopen, postponed) = (null, null);
        if (open is { IsPosted: false })
        {
            open = null;
        }
        TellGone();
        if (settings.Tcp is not null)
        {
            CutOff(EcrAnswer.LineDown);
        }
        Pump(now);
    }

    public void Feed(ReadOnlySpan<byte> bytes, Moment now)
    {
        dialogue.Feed(bytes, now);
        Pump(now);
    }

    public void TimePassed(Moment now)
    {
        dialogue.TimePassed(now);
        Pump(now);
    }

    Link Connect() => settings.Tcp is null ? new SerialLink(settings.Timers) : new TcpLink(settings.Timers);

    bool IsCompleting(PaymentId payment) =>
        dialogue.IsPending(p => p is Purpose.Complete e && e.Payment == payment);

    void Ask(Apdu apdu, Purpose purpose, Moment now) =>
        dialogue.Ask(new(apdu, purpose, Moment.Never, settings.Timers.Answer), now);

    void Post(DeskInput input) => outputs.Enqueue(new SessionOutput.Post(input));

    void Pump(Moment now)
    {
        while (true)
        {
            while (dialogue.TryTake(out var happened))
            {
                React(happened, now);
            }
            if (isSuspect)
            {
                // Behind our answer: over TCP the connection ends with it.
                isSuspect = false;
                outputs.Enqueue(new SessionOutput.WrongPassword());
            }
            if (postponed is var (apdu, until) && (now >= until || !MustWait(apdu)))
            {
                postponed = null;
                Obey(apdu, now);
                continue;
            }
            if (reopen is { } baud && now >= dialogue.QuietAt)
            {
                reopen = null;
                outputs.Enqueue(new SessionOutput.Reopen(baud));
            }
            if (reopen is not null || now < progress.WakeAt(dialogue.QuietAt) ||
                progress.Next(Terms, now) is not { } cue)
            {
                return;
            }
            Ask(cue, new Purpose.Progress(progress.Proves), now);
        }
    }

    void React(DialogueEvent happened, Moment now)
    {
        switch (happened)
        {
            case DialogueEvent.Write e:
                outputs.Enqueue(new SessionOutput.Write(e.Bytes));
                break;
            case DialogueEvent.Replied e:
                open?.IsPosted = true;
                Post(e.Then);
                if (open is { IsCutOff: true })
                {
                    // It registered anew before it had our answer.
                    TellGone();
                }
                break;
            case DialogueEvent.Commanded e when postponed is null && MustWait(e.Command):
                postponed = (e.Command, now + Patience);
                break;
            case DialogueEvent.Commanded e:
                Obey(e.Command, now);
                break;
            case DialogueEvent.Delivered { IsHeard: true, Message.Purpose: Purpose.Progress { Proves: { } order } }:
                Post(new DeskInput.TillThere(order));
                break;
            case DialogueEvent.Settled e:
                Settle(e, now);
                break;
            case DialogueEvent.Stalled:
                outputs.Enqueue(new SessionOutput.HangUp());
                break;
            // Behind 06 0F or a receipt nobody can tell whose answer it was; that of 06 0F says more.
            case DialogueEvent.Late { Message.Purpose: Purpose.Offer offer, Answer: { } answer }
                when IssuedGoods.IsYes(answer) && !IsCompleting(offer.Payment):
                Post(IssuedGoods.Answered(offer.Payment, EcrAnswer.Acknowledged, answer));
                break;
        }
    }

    void Settle(DialogueEvent.Settled e, Moment now)
    {
        switch (e.Message.Purpose)
        {
            case Purpose.Progress { Proves: { } order } when e.Answer is not null:
                Post(new DeskInput.TillThere(order));
                break;
            case Purpose.Progress when e.IsUnheard:
                TellGone();
                break;
            case Purpose.Offer offer when offer.Payment == passedOn?.Payment:
                Post(new DeskInput.Answered(offer.Payment, passedOn.Value.Answer));
                passedOn = null;
                break;
            case Purpose.Offer offer:
                open?.EndOffer();
                var answer = OpenCommand.Read(e, open);
                open?.IsPutOff = answer == EcrAnswer.NotYet;
                Post(IssuedGoods.Answered(offer.Payment, answer, e.Answer));
                var isMirrored = Terms.IsMirrored || open is { Offer.Sale.IsMirrored: true };
                if (answer == EcrAnswer.LineDown || (e.Answer is null && isMirrored))
                {
                    // What an ECR that mirrors receipts did not hear it asks for itself; its 06 1E would be a lie.
                    // Its 06 20 does not say that it mirrors them, the sale does.
                    open = null;
                }
                break;
            case Purpose.Complete complete:
                Free(complete.Payment);
                Post(new DeskInput.Closed(complete.Payment, e.Answer is { IsPositive: true }));
                break;
            case Purpose.Close { Payment: { } payment }:
                // Any answer means that it was heard: after an abort some ECRs refuse what they asked for.
                Free(payment);
                Post(new DeskInput.Closed(payment, e.Answer is not null));
                break;
            case Purpose.Refusal refusal when !e.LineDown && open is not null:
                Terminate(null, refusal.Verdict, now);
                break;
            case Purpose.Report when !e.LineDown && open is not null:
                Ask(new(Command.Completion, []), new Purpose.Close(null), now);
                break;
            case Purpose.Refusal or Purpose.Report or Purpose.Close:
                Free(null);
                break;
        }
    }

    void Free(PaymentId? payment)
    {
        if (open?.Payment == payment)
        {
            open = null;
        }
    }

    void Obey(Apdu apdu, Moment now)
    {
        var heard = reception.Hear(apdu, open, dialogue.IsFull, now);
        if (heard is { Begins: true, Command: not EcrCommand.Refused })
        {
            Begin(isAnew: apdu.Command == Command.Registration);
        }
        else if (apdu.Command == Command.RepeatReceipt)
        {
            open?.WasAskedFor = true;
        }
        bool Reply(Apdu reply, DeskInput? then = null) =>
            dialogue.Reply(reception.Answer(reply, heard.Number), then, now);

        switch (heard.Command)
        {
            case EcrCommand.Refused e:
                isSuspect |= heard.IsWrongPassword;
                Reply(e.Reply);
                break;
            case EcrCommand.Again when Reply(Apdu.Accept):
                // Under its number it is the order of this connection too.
                open!.CutBy = null;
                break;
            case EcrCommand.Abort:
                Reply(Apdu.Accept, new DeskInput.AbortAsked());
                break;
            case EcrCommand.Serve e when Reply(Apdu.Accept):
                Serve(e, now);
                break;
            case EcrCommand.Instruct e when open is { IsCutOff: true, IsUnderWay: var isUnderWay }:
                if (Reply(Apdu.Accept))
                {
                    // 06 20, and the desk still works on what it asks for: that will be its answer.
                    open = new(e.Terms, open.Number) { IsPosted = true, IsUnderWay = isUnderWay };
                }
                break;
            case EcrCommand.Instruct e when Reply(Apdu.Accept, e.Input):
                open = new(e.Terms, heard.Number) { IsTotals = e.Input is DeskInput.TotalsAsked };
                break;
            case EcrCommand.Instruct e:
                e.Input.Carried?.Wipe();
                break;
        }
        apdu.Wipe();
    }

    void Serve(EcrCommand.Serve e, Moment now)
    {
        if (e.Registration is { } agreed)
        {
            reception.Agree(agreed);
        }
        if (e.Text is { } text)
        {
            outputs.Enqueue(new SessionOutput.Display(text));
        }
        reopen = e.Reopen;
        foreach (var message in e.Messages)
        {
            Ask(message, message.Command is Command.PrintLine or Command.PrintBlock
                ? new Purpose.Print()
                : new Purpose.Local(), now);
        }
    }
}
