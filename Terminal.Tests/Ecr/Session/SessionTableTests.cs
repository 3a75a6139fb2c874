using System.Text;
using Terminal.Ecr.Session;
using Terminal.Payments;
using Terminal.Tests.Payments;

namespace Terminal.Tests.Ecr.Session;

/// <summary>The session machine, written out: the reviewer's view of what it decides.</summary>
public sealed class SessionTableTests
{
    const string Legend = """
        # The session machine

        Written by SessionTableTests from the code. `=` is the same state. P1 is the payment of the command, P0 another
        one. "arrives" is a command before it is read, "heard" after; what is not permitted is heard as a refusal.

        """;

    [Fact]
    public void Every_session_state_and_input_is_in_the_table()
    {
        Golden.AssertComplete(SessionSamples.States.Select(s => s.State));
        Golden.AssertComplete(SessionSamples.Inputs.Select(t => t.Input));
        Golden.AssertComplete(SessionSamples.Purposes);
        Golden.AssertComplete(SessionSamples.MessageEnds);
    }

    [Fact]
    public void Every_move_is_made_somewhere() => Golden.AssertComplete(
        from s in SessionSamples.States
        from t in SessionSamples.Inputs
        from move in SessionMachine.Next(s.State, SessionSamples.Fit(t.Input, s.State), s.Now).Moves
        select move);

    [Fact]
    public void The_session_table_is_the_approved_one()
    {
        var text = new StringBuilder(Legend);
        foreach (var at in SessionSamples.States)
        {
            static (string, string) Next(SessionState state, SessionInput input, Moment now)
            {
                var (next, moves) = SessionMachine.Next(state, SessionSamples.Fit(input, state), now);
                return (SessionWords.Of(next), SessionWords.Of(moves));
            }
            Golden.Table(text, at, SessionSamples.Inputs, Next);
            Golden.Wake(text, at, at.State.WakeAt, (s, now) => Next(s, new SessionInput.TimePassed(), now));
        }
        Golden.Verify("Ecr/Session/SessionTable.md", text.ToString());
    }
}
