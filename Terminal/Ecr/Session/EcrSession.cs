using System.Diagnostics.CodeAnalysis;
using Terminal.Ecr.Blocks;
using Terminal.Ecr.Commands;
using Terminal.Ecr.Messages;
using Terminal.Payments;
using Terminal.Scanner;

namespace Terminal.Ecr.Session;

/// <summary>
/// The payment terminal's side of ZVT: understands the ECR's commands, passes them to the desk, and tells the ECR the
/// results. <see cref="SessionMachine"/> decides; this class builds the messages. It moves no bytes and has no clock:
/// its driver calls <see cref="TimePassed"/> at <see cref="WakeAt"/>.
/// </summary>
sealed class EcrSession
{
    readonly Queue<SessionOutput> outputs = [];
    readonly EcrSettings settings;
    readonly Dialogue dialogue;
    readonly Wording wording;
    readonly ProgressCue progress;
    readonly Reception reception;
    SessionState state = new SessionState.Idle(new());
    /// <summary>The rate of the next line. The present line is closed when everything has been sent.</summary>
    int? reopen;
    bool isSuspect;

    /// <param name="isOutOfOrder">Whether a payment would be refused now. Null: never.</param>
    /// <param name="bar">Why an order could not be written down; null: it was.</param>
    public EcrSession(
        EcrSettings settings, CodeSeal seal, Func<bool>? isOutOfOrder = null,
        Func<Arrival.Instructed, RefusalReason?>? bar = null)
    {
        this.settings = settings;
        reception = new(settings, seal) { IsOutOfOrder = isOutOfOrder ?? (() => false), Bar = bar ?? (_ => null) };
        dialogue = new(settings.Timers, Connect, reception.Stamp);
        (wording, progress) = (new(settings), new(settings.Timers.Progress));
    }

    public Moment WakeAt => Moment.Earliest(
        Moment.Earliest(dialogue.WakeAt, state.WakeAt),
        reopen is null ? progress.WakeAt(dialogue.QuietAt) : dialogue.QuietAt);

    /// <summary>No command is open on either side.</summary>
    public bool IsIdle => state is SessionState.Idle && dialogue.QuietAt != Moment.Never;

    ReplyTerms Terms => state.Open?.Terms ?? reception.Terms;

    public bool TryTake([MaybeNullWhen(false)] out SessionOutput output) => outputs.TryDequeue(out output);

    public void LineUp()
    {
        dialogue.Open();
        outputs.Enqueue(new SessionOutput.Post(new DeskInput.LinkReady()));
    }

    public void LineDown(Moment now)
    {
        dialogue.Hangup();
        reception.LineDown();
        reopen = null;
        Take(settings.Tcp is null ? new SessionInput.LineDown() : new SessionInput.Disconnected(), now);
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

    public void Offer(Effect.Offer offer, Moment now) => Take(new SessionInput.Offer(offer), now);

    public void Complete(Effect.Complete complete, Moment now) => Take(new SessionInput.Complete(complete), now);

    public void Close(Effect.Close close, Moment now) => Take(new SessionInput.Close(close), now);

    public void Refuse(Refusal refusal, Moment now) => Take(new SessionInput.Refuse(refusal), now);

    public void Report(Effect.Report report, Moment now) => Take(new SessionInput.Report(report), now);

    public void Show(Effect.Progress cue, Moment now) => Take(new SessionInput.Show(cue), now);

    Link Connect() => settings.Tcp is null ? new SerialLink(settings.Timers) : new TcpLink(settings.Timers);

    void Take(SessionInput input, Moment now)
    {
        Step(input, now);
        Pump(now);
    }

    void Pump(Moment now)
    {
        while (true)
        {
            while (dialogue.TryTake(out var happened))
            {
                switch (happened)
                {
                    case DialogueEvent.Write e: outputs.Enqueue(new SessionOutput.Write(e.Bytes)); break;
                    case DialogueEvent.Happened e: Step(e.Input, now); break;
                    case DialogueEvent.Stalled: outputs.Enqueue(new SessionOutput.HangUp()); break;
                }
            }
            if (isSuspect)
            {
                // Done after our answer: over TCP this ends the connection.
                isSuspect = false;
                outputs.Enqueue(new SessionOutput.WrongPassword());
            }
            if (now >= state.WakeAt)
            {
                Step(new SessionInput.TimePassed(), now);
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

    void Step(SessionInput input, Moment now)
    {
        (state, var moves) = SessionMachine.Next(state, input, now);
        foreach (var move in moves)
        {
            Do(move, now);
        }
    }

    void Do(SessionMove move, Moment now)
    {
        switch (move)
        {
            case SessionMove.Post e: outputs.Enqueue(new SessionOutput.Post(e.Input)); break;
            case SessionMove.Read e: Read(e.Apdu, now); break;
            case SessionMove.Wipe e: e.Apdu.Wipe(); break;
            case SessionMove.Reply e: dialogue.Reply(reception.Answer(e.Answer, e.Number), e.Then, now); break;
            case SessionMove.Discard e: e.Code.Wipe(); break;
            case SessionMove.Forget e: dialogue.Forget(e.As); break;
            case SessionMove.Say { Purpose: Purpose.Offer e }: Offer(e, now); break;
            case SessionMove.Say e: Ask(wording.Of(e.Purpose, Terms), e.Purpose, now); break;
            case SessionMove.Print e: Print(wording.Receipts(e.Order, e.Outcome, Terms), now); break;
            case SessionMove.Show e when reception.Registration.WantsProgress: progress.Start(e.Cue, now); break;
            case SessionMove.Quiet: progress.Stop(); break;
            case SessionMove.Serve e: Serve(e.What, now); break;
            case SessionMove.Suspect: isSuspect = true; break;
        }
    }

    void Read(Apdu apdu, Moment now)
    {
        var heard = reception.Hear(apdu, state, dialogue.IsFull, now);
        Step(heard with { HasRoom = dialogue.HasRoom }, now);
        apdu.Wipe();
    }

    void Offer(Purpose.Offer offer, Moment now)
    {
        var answer = state.Open?.Terms is { Timeout: > 0 and var seconds }
            ? TimeSpan.FromSeconds(seconds)
            : settings.Timers.Answer;
        dialogue.Ask(new(wording.Of(offer, Terms), offer, offer.What.By, answer), now);
    }

    void Print(IEnumerable<Apdu> receipts, Moment now)
    {
        foreach (var message in receipts)
        {
            Ask(message, new Purpose.Print(), now);
        }
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

    void Ask(Apdu apdu, Purpose purpose, Moment now) =>
        dialogue.Ask(new(apdu, purpose, Moment.Never, settings.Timers.Answer), now);
}
