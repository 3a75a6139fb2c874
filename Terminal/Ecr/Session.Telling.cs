using Terminal.Payments;

namespace Terminal.Ecr;

/// <summary>What the desk wants the ECR to hear.</summary>
public sealed partial class Session
{
    public void Offer(Effect.Offer offer, Moment now)
    {
        progress.Stop();
        reception.Began(open?.Number, offer.Sale.Id);
        // Whoever ordered it is gone, and nobody has asked for it since.
        if (open is null ? untold == offer.Sale.Id : open.IsCutOff)
        {
            Post(new DeskInput.Answered(offer.Sale.Id, open?.CutBy ?? EcrAnswer.LineDown));
            (open, untold) = (null, offer.Sale.Id);
            Pump(now);
            return;
        }
        open?.End(offer);
        var answer = open?.Terms is { Timeout: > 0 and var seconds }
            ? TimeSpan.FromSeconds(seconds)
            : settings.Timers.Answer;
        var verdict = InstructionText.Of(offer.Sale, offer.Outcome, settings.HasHeadOffice);
        var apdu = status.Of(offer.Sale, verdict, Terms);
        dialogue.Ask(new(apdu, new Purpose.Offer(offer.Sale.Id), offer.By, answer), now);
        Pump(now);
    }

    public void Complete(Effect.Complete complete, Moment now)
    {
        // The ECR waits for it only inside the command that asked.
        if (open?.Payment == complete.Payment)
        {
            if (complete.Delivered is { } part)
            {
                open.Reduce(part);
            }
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
        if ((open is null ? close.Payment != untold : open.Payment == close.Payment) &&
            !dialogue.IsPending(p => p is Purpose.Close e && e.Payment == close.Payment))
        {
            var sale = open?.Offer?.Sale;
            var verdict = close.Outcome is Outcome.Approved ? InstructionText.Standing(sale)
                : sale is null ? ResultCode.Of(close.Outcome)
                : InstructionText.Of(sale, close.Outcome, settings.HasHeadOffice);
            if (open is { IsExhausted: true } && sale is not null)
            {
                // Asked again too often, the ECR is told so before the end (PA00P015 chapter 2.2.6).
                Ask(status.Of(sale, verdict, Terms), new Purpose.Local(), now);
            }
            if (close.Outcome is not Outcome.Approved)
            {
                Print(close.Outcome, now);
            }
            Terminate(close.Payment, verdict, now);
        }
        else
        {
            Post(new DeskInput.Closed(close.Payment, false));
        }
        Pump(now);
    }

    public void Refuse(Refusal refusal, Moment now)
    {
        if (open is { IsEnding: false })
        {
            Refuse(ResultCode.Of(refusal, settings), now);
        }
        Pump(now);
    }

    public void Report(Effect.Report report, Moment now)
    {
        if (open is { IsCutOff: true })
        {
            open = null;
        }
        else if (open is { IsEnding: false })
        {
            progress.Stop();
            open.End();
            Ask(status.Of(report, Terms), new Purpose.Report(), now);
        }
        Pump(now);
    }

    public void Show(Effect.Progress cue, Moment now)
    {
        open?.IsUnderWay |= cue.Stage is not (Stage.AwaitingCode or Stage.Confirming);
        if (reception.Registration.WantsProgress && open is { IsEnding: false, IsCutOff: false })
        {
            progress.Start(cue, now);
        }
        Pump(now);
    }

    void Refuse(Verdict verdict, Moment now)
    {
        progress.Stop();
        if (open!.IsCutOff)
        {
            open = null;
            return;
        }
        open.End();
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
}
