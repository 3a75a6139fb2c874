using Terminal.Ecr.Commands;
using Terminal.Ecr.Messages;
using Terminal.Payments;
using Terminal.Payments.Answers;
using Terminal.Payments.Orders;

namespace Terminal.Ecr.Session;

/// <summary>What the session does after a transition, in order.</summary>
abstract record SessionMove
{
    SessionMove() { }

    /// <summary>Pass this to the desk.</summary>
    public sealed record Post(LoopInput Input) : SessionMove;

    /// <summary>Read and judge a command; the result comes back as <see cref="SessionInput.Heard"/>.</summary>
    public sealed record Read(Apdu Apdu) : SessionMove;

    /// <summary>Wipe a command that will not be read: it may hold a code.</summary>
    public sealed record Wipe(Apdu Apdu) : SessionMove;

    /// <summary>Send the reply to a command.</summary>
    /// <param name="Then">Passed back once the first byte of the reply has left.</param>
    public sealed record Reply(Apdu Answer, int? Number, LoopInput? Then = null) : SessionMove;

    /// <summary>Wipe the code of an order that gets no reply: such an order was never given.</summary>
    public sealed record Discard(PaymentCode Code) : SessionMove;

    /// <summary>The ECR will no longer answer our earlier messages.</summary>
    /// <param name="As">How a 04 0F counts as answered.</param>
    public sealed record Forget(EcrAnswer As) : SessionMove;

    /// <summary>Send this to the ECR when its turn comes.</summary>
    public sealed record Say(Purpose Purpose) : SessionMove;

    /// <summary>
    /// Let the ECR print receipts. It has acknowledged the result before, so the money does not depend on printing.
    /// </summary>
    public sealed record Print(Order Order, Outcome Outcome) : SessionMove;

    /// <summary>Send intermediate statuses from now on.</summary>
    public sealed record Show(Effect.Progress Cue) : SessionMove;

    /// <summary>Send no more intermediate statuses.</summary>
    public sealed record Quiet : SessionMove;

    /// <summary>Do what a command asks for that is not for the desk.</summary>
    public sealed record Serve(EcrCommand.Serve What) : SessionMove;

    /// <summary>The ECR sent a wrong password.</summary>
    public sealed record Suspect : SessionMove;
}

/// <summary>The new state of the session, and what to do.</summary>
readonly record struct SessionStep(SessionState State, params SessionMove[] Moves);
