using System.Diagnostics.CodeAnalysis;
using Terminal.Payments;
using Terminal.Scanner;

namespace Terminal.Ecr;

/// <summary>
/// The payment terminal's side of ZVT: understands the ECR's commands, tells the desk, and tells the ECR what came of
/// it. Moves no bytes and has no clock; whoever drives it calls <see cref="TimePassed"/> at <see cref="WakeAt"/>.
/// </summary>
public sealed class Session
{
    readonly Queue<SessionOutput> outputs = [];
    readonly EcrSettings settings;
    readonly Dialogue dialogue;
    readonly StatusInformation status;
    readonly Receipt receipt;
    readonly ProgressCue progress;
    readonly Reception reception;
    OpenCommand? open;
    int? reopen;

    public Session(EcrSettings settings, CodeSeal seal)
    {
        (this.settings, reception) = (settings, new(settings, seal));
        dialogue = new(settings.Timers, () => settings.Tcp is null ? new SerialLink(settings.Timers) : new TcpLink())
        {
            Stamp = reception.Stamp,
        };
        (status, receipt, progress) = (new(settings), new(settings), new(settings.Timers.Progress));
    }

    public Moment WakeAt => Moment.Earliest(dialogue.WakeAt, reopen is null
        ? progress.WakeAt(dialogue.QuietAt)
        : dialogue.QuietAt);

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
        reopen = null;
        if (open is { IsPosted: false })
        {
            open = null;
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

    public void Offer(Effect.Offer offer, Moment now)
    {
        progress.Stop();
        open?.End(offer);
        reception.Began(open?.Number, offer.Sale.Id);
        var answer = open?.Terms is { Timeout: > 0 and var seconds }
            ? TimeSpan.FromSeconds(seconds)
            : settings.Timers.Answer;
        var apdu = status.Of(offer.Sale, offer.Outcome, Terms);
        dialogue.Ask(new(apdu, new Purpose.Offer(offer.Sale.Id), offer.By, answer), now);
        Pump(now);
    }

    public void Complete(Effect.Complete complete, Moment now)
    {
        // The ECR waits for it only inside the command that asked.
        if (open?.Payment == complete.Payment)
        {
            Print(open.Offer!.Outcome, now);
            Ask(new(Command.Completion, []), new Purpose.Complete(complete.Payment), now);
        }
        else
        {
            Post(new DeskInput.Closed(complete.Payment, false));
        }
        Pump(now);
    }

    public void Close(Effect.Close close, Moment now)
    {
        // An approval acknowledged too late is answered even after its command, but never inside another one.
        if ((open is null || open.Payment == close.Payment) &&
            !dialogue.IsPending(p => p is Purpose.Close e && e.Payment == close.Payment))
        {
            if (open is { IsExhausted: true, Offer.Sale: var sale })
            {
                // Asked again too often, the ECR is told so before the end (PA00P015 chapter 2.2.6).
                Ask(status.Of(sale, close.Outcome, Terms), new Purpose.Local(), now);
            }
            Print(close.Outcome, now);
            var verdict = ResultCode.Of(close.Outcome);
            Terminate(close.Payment, verdict.Code == ResultCode.Approved ? NotTaken : verdict, now);
        }
        else
        {
            Post(new DeskInput.Closed(close.Payment, false));
        }
        Pump(now);
    }

    static Verdict NotTaken => ResultCode.Of(new Outcome.Rejected(new(NotPaidReason.Withdrawn)));

    public void Refuse(Refusal refusal, Moment now)
    {
        if (open is { IsEnding: false })
        {
            Refuse(ResultCode.Of(refusal), now);
        }
        Pump(now);
    }

    public void Show(Effect.Progress cue, Moment now)
    {
        if (reception.Registration.WantsProgress && open is { IsEnding: false })
        {
            progress.Start(cue, now);
        }
        Pump(now);
    }

    void Refuse(Verdict verdict, Moment now)
    {
        progress.Stop();
        open!.End();
        Ask(status.Of(verdict, Terms), new Purpose.Refusal(verdict), now);
    }

    void Terminate(PaymentId? payment, Verdict verdict, Moment now) =>
        Ask(StatusInformation.Termination(verdict, Terms), new Purpose.Close(payment), now);

    /// <summary>
    /// The receipts that the ECR prints. It has acknowledged the result before: whether it can print them decides
    /// nothing about the money.
    /// </summary>
    void Print(Outcome outcome, Moment now)
    {
        if (open is { Offer.Sale: var sale, Terms: var terms })
        {
            foreach (var message in receipt.Messages(sale, outcome, terms))
            {
                Ask(message, new Purpose.Print(), now);
            }
        }
    }

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
            if (reopen is { } baud && now >= dialogue.QuietAt)
            {
                reopen = null;
                outputs.Enqueue(new SessionOutput.Reopen(baud));
            }
            if (reopen is not null || now < progress.WakeAt(dialogue.QuietAt))
            {
                return;
            }
            Ask(progress.Next(Terms, now), new Purpose.Progress(), now);
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
                break;
            case DialogueEvent.Commanded e:
                Obey(e.Command, now);
                break;
            case DialogueEvent.Settled e:
                Settle(e, now);
                break;
            case DialogueEvent.Late { Message.Purpose: Purpose.Offer offer, Answer.IsPositive: true }:
                Post(new DeskInput.Answered(offer.Payment, EcrAnswer.Acknowledged));
                break;
        }
    }

    void Settle(DialogueEvent.Settled e, Moment now)
    {
        switch (e.Message.Purpose)
        {
            case Purpose.Offer offer:
                Post(new DeskInput.Answered(offer.Payment, OpenCommand.Read(e, open)));
                if (e.LineDown || (e.Answer is null && Terms.IsMirrored))
                {
                    // What an ECR that mirrors receipts did not hear it asks for itself; its 06 1E would be a lie.
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
            case Purpose.Refusal refusal when !e.LineDown:
                Terminate(null, refusal.Verdict, now);
                break;
            case Purpose.Refusal or Purpose.Close:
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
            dialogue.Forget();
        }
        bool Reply(Apdu reply, DeskInput? then = null) =>
            dialogue.Reply(reception.Answer(reply, heard.Number), then, now);

        switch (heard.Command)
        {
            case EcrCommand.Refused e:
                Reply(e.Reply);
                break;
            case EcrCommand.Again:
                Reply(Apdu.Accept);
                break;
            case EcrCommand.Abort:
                Reply(Apdu.Accept, new DeskInput.AbortAsked());
                break;
            case EcrCommand.Serve e when Reply(Apdu.Accept):
                Serve(e, now);
                break;
            case EcrCommand.Instruct e when Reply(Apdu.Accept, e.Input):
                open = new(e.Terms, heard.Number);
                break;
            case EcrCommand.Decline e when Reply(Apdu.Accept):
                open = new(e.Terms, heard.Number) { IsPosted = true };
                Refuse(e.Verdict, now);
                break;
        }
    }

    void Serve(EcrCommand.Serve e, Moment now)
    {
        if (e.Registration is { } agreed)
        {
            reception.Agree(agreed);
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
