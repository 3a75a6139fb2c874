using Terminal.Ecr.Commands;
using Terminal.Ecr.Messages;
using Terminal.Payments;
using Terminal.Payments.Answers;
using static Terminal.Ecr.Session.SessionMove;
using static Terminal.Ecr.Session.SessionState;
using Step = Terminal.Ecr.Session.SessionStep;

namespace Terminal.Ecr.Session;

/// <summary>
/// The part of the session machine that takes commands: what a command begins, what it ends, and its reply.
/// </summary>
static class Hearing
{
    public static Step Next(SessionState state, SessionInput.Heard e)
    {
        var (s, before) = Begin(state, e);
        var (next, then) = Obey(s, e);
        return new(next, [.. before, .. then]);
    }

    /// <summary>
    /// A new command ends our unanswered messages; a new registration also ends the ECR's earlier command.
    /// </summary>
    static Step Begin(SessionState s, SessionInput.Heard e) => (e.Command, e.Row) switch
    {
        (EcrCommand.Refused, { Command: Command.RepeatReceipt }) => new(LostTrack(s)),
        (EcrCommand.Refused or EcrCommand.Again, _) or (_, null) => new(s),
        (_, { When: Permitted.Anew }) => Anew(s),
        (_, { When: Permitted.Idle }) => new(s, new Forget(EcrAnswer.LineDown)),
        _ => new(s),
    };

    static Step Anew(SessionState state)
    {
        var (s, moves) = state switch
        {
            Working p => SessionMachine.Cut(p, EcrAnswer.Restarted),
            CutOff p => new(p with { By = EcrAnswer.Restarted }, SessionMachine.TillGone),
            Telling.Result p => SessionMachine.Part(p, EcrAnswer.Restarted),
            Telling.NoPayment => new(new Idle(state.Past with { Untold = null }), new Quiet()),
            _ => new Step(state),
        };
        return new(s, [.. moves, new Forget(EcrAnswer.Restarted)]);
    }

    static SessionState LostTrack(SessionState state) => state switch
    {
        Working s => s with { Command = s.Command with { WasAskedFor = true } },
        CutOff s => s with { Command = s.Command with { WasAskedFor = true } },
        Telling s => s with { Command = s.Command with { WasAskedFor = true } },
        _ => state,
    };

    static Step Obey(SessionState s, SessionInput.Heard e) => e.Command switch
    {
        EcrCommand.Refused c when e.IsWrongPassword => new(s, new Reply(c.Reply, e.Number), new Suspect()),
        EcrCommand.Refused c => new(s, new Reply(c.Reply, e.Number)),
        EcrCommand.Abort => new(s, Accept(e, new DeskInput.AbortAsked())),
        _ when !e.HasRoom => new(s, e.Code is { } code ? [Accept(e), new Discard(code)] : [Accept(e)]),
        // The order has the same number, so it now belongs to this connection.
        EcrCommand.Again => new(s is CutOff c ? new Working(c.Past, c.Command, c.Desk) : s, Accept(e)),
        EcrCommand.Serve c => new(
            c.Registration is null ? s : s with { Past = s.Past with { Last = null } }, Accept(e), new Serve(c)),
        // A 06 20 that asks for what the desk still works on: the result answers it.
        EcrCommand.Instruct c when s is CutOff { Desk: var desk, Command.Number: var number } => new(
            new Working(s.Past, new(c.Terms, number), desk == DeskStage.UnderWay ? desk : DeskStage.Aware), Accept(e)),
        EcrCommand.Instruct c => new(
            new Working(s.Past with { Last = e.Order ?? s.Past.Last }, Opened(c, e.Number), DeskStage.Unaware),
            Accept(e, c.Input)),
        _ => new(s),
    };

    static OpenCommand Opened(EcrCommand.Instruct c, int? number) =>
        new(c.Terms, number) { IsTotals = c.Input is Arrival.TotalsAsked };

    static Reply Accept(SessionInput.Heard e, LoopInput? then = null) => new(Apdu.Accept, e.Number, then);
}
