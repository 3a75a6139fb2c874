using Terminal.Ecr.Commands;
using Terminal.Ecr.Messages;
using Terminal.Payments;
using Terminal.Payments.Answers;
using Terminal.Payments.Orders;

namespace Terminal.Ecr.Session;

/// <summary>What a transition of the session wants done, in order.</summary>
abstract record SessionMove
{
    SessionMove() { }

    /// <summary>Tell the desk.</summary>
    public sealed record Post(LoopInput Input) : SessionMove;

    /// <summary>Read and judge a command; what it comes to is <see cref="SessionInput.Heard"/>.</summary>
    public sealed record Read(Apdu Apdu) : SessionMove;

    /// <summary>A command that is not read any more may hold a code.</summary>
    public sealed record Wipe(Apdu Apdu) : SessionMove;

    /// <summary>The one reply to a command.</summary>
    /// <param name="Then">Told back once its first byte has left.</param>
    public sealed record Reply(Apdu Answer, int? Number, LoopInput? Then = null) : SessionMove;

    /// <summary>An order that gets no reply was never given.</summary>
    public sealed record Discard(PaymentCode Code) : SessionMove;

    /// <summary>What the ECR has not answered by now, it never will.</summary>
    /// <param name="As">What that makes of a 04 0F.</param>
    public sealed record Forget(EcrAnswer As) : SessionMove;

    /// <summary>Tell the ECR, when its turn comes.</summary>
    public sealed record Say(Purpose Purpose) : SessionMove;

    /// <summary>
    /// Let the ECR print receipts. It has acknowledged the result before, so whether it can decides nothing about the
    /// money.
    /// </summary>
    public sealed record Print(Order Order, Outcome Outcome) : SessionMove;

    /// <summary>Intermediate statuses from now on.</summary>
    public sealed record Show(Effect.Progress Cue) : SessionMove;

    /// <summary>No more intermediate statuses.</summary>
    public sealed record Quiet : SessionMove;

    /// <summary>What a command comes to that the desk need not know of.</summary>
    public sealed record Serve(EcrCommand.Serve What) : SessionMove;

    /// <summary>The ECR sent a wrong password.</summary>
    public sealed record Suspect : SessionMove;
}

/// <summary>Where the session is now, and what it wants done.</summary>
readonly record struct SessionStep(SessionState State, params SessionMove[] Moves);
