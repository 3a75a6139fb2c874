using System.Diagnostics.CodeAnalysis;
using Terminal.Payments;
using Terminal.Scanner;

namespace Terminal.Ecr;

/// <summary>
/// The payment terminal's side of ZVT: understands the ECR's commands, tells the desk, and tells the ECR what came of
/// it. Moves no bytes and has no clock; whoever drives it calls <see cref="TimePassed"/> at <see cref="WakeAt"/>.
/// </summary>
public sealed class Session(EcrSettings settings, CodeSeal seal)
{
    readonly Queue<SessionOutput> outputs = [];
    readonly Dialogue dialogue = new(
        settings.Timers, () => settings.Tcp is null ? new SerialLink(settings.Timers) : new TcpLink());
    readonly StatusInformation status = new(settings);
    readonly ProgressCue progress = new(settings.Timers.Progress);
    Registration registration = Registration.None;
    OpenCommand? open;

    public Moment WakeAt => Moment.Earliest(dialogue.WakeAt, progress.WakeAt(dialogue.QuietAt));

    bool KnowsTlv => registration.KnowsTlv || open is { Terms.KnowsTlv: true };

    public bool TryTake([MaybeNullWhen(false)] out SessionOutput output) => outputs.TryDequeue(out output);

    public void LineUp()
    {
        dialogue.Open();
        Post(new DeskInput.LinkReady());
    }

    public void LineDown(Moment now)
    {
        dialogue.Hangup();
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
        var terms = open?.Terms;
        if (open is not null)
        {
            open.Payment = offer.Sale.Id;
            open.IsEnding = true;
        }
        var answer = terms is { Timeout: > 0 and var seconds } ? TimeSpan.FromSeconds(seconds) : settings.Timers.Answer;
        var apdu = status.Of(offer.Sale, offer.Outcome, (terms is { EchoCurrency: true }, KnowsTlv));
        dialogue.Ask(new(apdu, new Purpose.Offer(offer.Sale.Id), offer.By, answer), now);
        Pump(now);
    }

    public void Complete(Effect.Complete complete, Moment now)
    {
        // The ECR waits for it only inside the command that asked.
        if (open?.Payment == complete.Payment)
        {
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
            var (code, _) = ResultCode.Of(close.Outcome);
            Terminate(close.Payment, code == ResultCode.Approved ? ResultCode.Aborted : code, now);
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
            var (code, text) = ResultCode.Of(refusal);
            Refuse(code, text, now);
        }
        Pump(now);
    }

    public void Report(Effect.Report report, Moment now)
    {
        if (open is { IsEnding: false })
        {
            progress.Stop();
            open.IsEnding = true;
            Ask(status.Of(report), new Purpose.Report(), now);
        }
        Pump(now);
    }

    public void Show(Effect.Progress cue, Moment now)
    {
        if (registration.WantsProgress && open is { IsEnding: false })
        {
            progress.Start(cue, now);
        }
        Pump(now);
    }

    void Refuse(byte code, string text, Moment now)
    {
        progress.Stop();
        open!.IsEnding = true;
        Ask(status.Of(code, text), new Purpose.Refusal(code), now);
    }

    void Terminate(PaymentId? payment, byte code, Moment now) =>
        Ask(new(Command.Termination, [code]), new Purpose.Close(payment), now);

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
            if (now < progress.WakeAt(dialogue.QuietAt) || progress.Next(KnowsTlv, now) is not { } cue)
            {
                return;
            }
            Ask(cue, new Purpose.Progress(), now);
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
                Post(new DeskInput.Answered(offer.Payment, Read(e)));
                if (e.LineDown)
                {
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
                Terminate(null, refusal.ResultCode, now);
                break;
            case Purpose.Report when !e.LineDown:
                Ask(new(Command.Completion, []), new Purpose.Close(null), now);
                break;
            case Purpose.Refusal or Purpose.Report or Purpose.Close:
                Free(null);
                break;
        }
    }

    EcrAnswer Read(DialogueEvent.Settled e) => e switch
    {
        { LineDown: true } => EcrAnswer.LineDown,
        { Answer: null } => EcrAnswer.Silent,
        { Answer.IsPositive: true } => EcrAnswer.Acknowledged,
        { Answer.Command: 0x8400 | ResultCode.PleaseWait } =>
            open?.CountRepeat() == false ? EcrAnswer.Silent : EcrAnswer.NotYet,
        _ => EcrAnswer.Refused,
    };

    void Free(PaymentId? payment)
    {
        if (open?.Payment == payment)
        {
            open = null;
        }
    }

    void Obey(Apdu apdu, Moment now)
    {
        var row = CommandTable.Find(apdu.Command);
        if (row is null)
        {
            Reply(Apdu.Refuse(ResultCode.NotPossible), now);
            return;
        }
        var refusal = row.When switch
        {
            Permitted.Idle when open is not null => ResultCode.Busy,
            Permitted.BeforeResult when open is { IsEnding: true } || dialogue.IsFull => ResultCode.Busy,
            Permitted.Working when open is not { IsEnding: false } => ResultCode.NotPossible,
            _ => ResultCode.Approved,
        };
        if (refusal != ResultCode.Approved)
        {
            Reply(Apdu.Refuse(refusal), now);
            return;
        }
        var request = new EcrRequest(
            apdu.Data, new(settings, registration), open is not null, raw => seal.Seal(raw, now));
        var command = row.Read(request);
        if (row.When == Permitted.Idle && command is not EcrCommand.Refused)
        {
            dialogue.Forget();
        }
        Carry(command, now);
    }

    /// <summary>From its 80 00 00 until it is closed an instruction of the ECR occupies us.</summary>
    void Carry(EcrCommand command, Moment now)
    {
        switch (command)
        {
            case EcrCommand.Refused e:
                Reply(e.Reply, now);
                break;
            case EcrCommand.Abort:
                Reply(Apdu.Accept, now, new DeskInput.AbortAsked());
                break;
            case EcrCommand.Serve e:
                registration = e.Registration ?? registration;
                Reply(Apdu.Accept, now);
                foreach (var message in e.Messages)
                {
                    Ask(message, new Purpose.Local(), now);
                }
                break;
            case EcrCommand.Instruct e when Reply(Apdu.Accept, now, e.Input):
                open = new(e.Terms);
                break;
            case EcrCommand.Decline e when Reply(Apdu.Accept, now):
                open = new(e.Terms) { IsPosted = true };
                Refuse(e.ResultCode, e.Text, now);
                break;
        }
    }

    bool Reply(Apdu reply, Moment now, DeskInput? then = null) => dialogue.Reply(reply, then, now);
}
