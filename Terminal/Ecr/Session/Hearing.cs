using Terminal.Ecr.Commands;
using Terminal.Ecr.Messages;
using Terminal.Payments;
using static Terminal.Ecr.Session.SessionMove;
using static Terminal.Ecr.Session.SessionState;
using Step = Terminal.Ecr.Session.SessionStep;

namespace Terminal.Ecr.Session;

/// <summary>The part of the session machine that hears commands: what one begins, ends, and is answered.</summary>
static class Hearing
{
    public static Step Next(SessionState state, SessionInput.Heard e)
    {
        var (s, before) = Begin(state, e);
        var (next, then) = Obey(s, e);
        return new(next, [.. before, .. then]);
    }

    /// <summary>What it has not answered by now, it never will; a new registration also ends its command.</summary>
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
        EcrCommand.Again => new(Resumed(s), Accept(e)),
        EcrCommand.Serve c => new(
            c.Registration is null ? s : s with { Past = s.Past with { Last = null } }, Accept(e), new Serve(c)),
        // 06 20, and the desk still works on what it asks for: that will be its answer.
        EcrCommand.Instruct c when s is CutOff cut =>
            new(TakenOver(cut, new(c.Terms, cut.Command.Number)), Accept(e)),
        EcrCommand.Instruct c => new(
            new Working.Ordered(s.Past with { Last = e.Order ?? s.Past.Last }, new(c.Terms, e.Number)
            {
                IsTotals = c.Input is Arrival.TotalsAsked,
            }),
            Accept(e, c.Input)),
        _ => new(s),
    };

    /// <summary>Under its number it is the order of this connection too.</summary>
    static SessionState Resumed(SessionState state) => state switch
    {
        CutOff.Undecided.Ordered s => new Working.Ordered(s.Past, s.Command),
        CutOff s => TakenOver(s, s.Command),
        _ => state,
    };

    static Working TakenOver(CutOff s, OpenCommand command) => s is CutOff.UnderWay
        ? new Working.UnderWay(s.Past, command)
        : new Working.Posted(s.Past, command);

    static Reply Accept(SessionInput.Heard e, LoopInput? then = null) => new(Apdu.Accept, e.Number, then);
}
