using Sandbox.Simulation.Search;
using Terminal.Ecr.Session;
using Terminal.Payments;

namespace Terminal.Tests.Simulation;

/// <summary>Everything that can happen between a till and the session; and a wrong session is seen.</summary>
[Trait("kind", "instrument")]
public sealed class LineSearchTests
{
    [Theory]
    [InlineData(false, false, false)]
    [InlineData(true, false, false)]
    [InlineData(false, true, false)]
    [InlineData(true, true, false)]
    [InlineData(true, true, true)]
    public void Every_promise_holds_for_two_commands_and_two_faults(bool isTcp, bool isNumbered, bool isMirrored)
    {
        var bounds = new LineBounds(Commands: 2, Faults: 2, isTcp, isNumbered) { IsMirrored = isMirrored };
        var found = new LineSearch(bounds).Search();
        Assert.True(found.Story.Count == 0, string.Join('\n', found.Story));
        Assert.True(found.Closed);
    }

    /// <summary>84 9C, and the line is lost just when the desk offers it once more: one answer, not two.</summary>
    [Fact]
    public void Every_promise_holds_for_three_faults_of_a_connection()
    {
        var found = new LineSearch(new(Commands: 2, Faults: 3, IsTcp: true, IsNumbered: false)).Search();
        Assert.True(found.Story.Count == 0, string.Join('\n', found.Story));
    }

    [Fact]
    public void It_sees_a_result_told_on_the_next_connection() => AssertBreaks("for a stranger", (state, input, now) =>
        SessionMachine.Next(state, input is SessionInput.Disconnected ? new SessionInput.LineDown() : input, now));

    [Fact]
    public void It_sees_an_offer_of_which_the_desk_hears_no_more() => AssertBreaks(
        "became of the offer", (state, input, now) => input is SessionInput.Settled { How: MessageEnd.PassedOver }
            ? new(state)
            : SessionMachine.Next(state, input, now));

    [Fact]
    public void It_sees_an_order_that_is_not_known_again() => AssertBreaks("desk twice", (state, input, now) =>
    {
        var (next, moves) = SessionMachine.Next(state, input, now);
        return new(next with { Past = next.Past with { Last = null } }, moves);
    });

    [Fact]
    public void It_sees_a_command_that_never_ends() => AssertBreaks("dead end", (state, input, now) =>
    {
        var (next, moves) = SessionMachine.Next(state, input, now);
        return new(next, [.. moves.Where(m => m is not SessionMove.Say { Purpose: Purpose.EndOfTotals })]);
    });

    [Fact]
    public void It_sees_silence_taken_for_an_acknowledgement() => AssertBreaks("never booked it", (state, input, now) =>
        SessionMachine.Next(state, input is SessionInput.Settled { Purpose: Purpose.Offer, How: MessageEnd.Silent } e
            ? e with { How = new MessageEnd.Answered(Terminal.Ecr.Messages.Apdu.Accept) }
            : input, now));

    [Fact]
    public void It_sees_an_acknowledgement_taken_for_silence() => AssertBreaks("M11", (state, input, now) =>
        SessionMachine.Next(state, input is SessionInput.Settled { Purpose: Purpose.Offer, How: MessageEnd.Answered } e
            ? e with { How = new MessageEnd.Silent() }
            : input, now));

    [Fact]
    public void It_sees_an_end_told_twice() => AssertBreaks("closed twice", (state, input, now) =>
    {
        var (next, moves) = SessionMachine.Next(state, input, now);
        return new(next, [.. moves, .. moves.Where(m => m is SessionMove.Post { Input: DeskInput.Closed })]);
    });

    static void AssertBreaks(string how, Func<SessionState, SessionInput, Moment, SessionStep> session)
    {
        var found = new LineSearch(new(Commands: 3, Faults: 1, IsTcp: true, IsNumbered: true), session).Search();
        Assert.True(found.Story.Count > 0, $"found nothing in {found.States} states");
        Assert.Contains(how, found.Story[^1], StringComparison.Ordinal);
    }
}
