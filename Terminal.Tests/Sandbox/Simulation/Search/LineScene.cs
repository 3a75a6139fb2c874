using System.Collections.Immutable;
using Terminal.Ecr.Messages;
using Terminal.Ecr.Session;
using Terminal.Payments;
using Terminal.Payments.Answers;
using Terminal.Payments.Charges;
using Terminal.Payments.Orders;

namespace Sandbox.Simulation.Search;

/// <summary>One instant of a story between a till, the session and the desk, with all that is on its way.</summary>
sealed record LineScene(SessionState Session, DeskState Desk, Moment Now)
{
    /// <summary>A connection that breaks takes its till with it.</summary>
    public bool IsTcp { get; init; }

    public bool IsUp { get; init; } = true;

    public Registration Agreed { get; init; } = Registration.None;

    /// <summary>80 00 00 and refusals that have not begun to leave.</summary>
    public ImmutableArray<SessionMove.Reply> Replies { get; init; } = [];

    /// <summary>Our messages; the first one is with the till.</summary>
    public ImmutableArray<Purpose> Said { get; init; } = [];

    /// <summary>On its way to the desk, and back.</summary>
    public ImmutableArray<LoopInput> Inbox { get; init; } = [];

    public ImmutableArray<SessionInput> Outbox { get; init; } = [];

    /// <summary>Pay calls that the gateway has not answered.</summary>
    public ImmutableArray<PaymentId> Paying { get; init; } = [];

    /// <summary>What the till acknowledged as paid.</summary>
    public ImmutableArray<PaymentId> Booked { get; init; } = [];

    /// <summary>04 0F that nobody has heard the fate of; then the same of 06 0F and 06 1E.</summary>
    public ImmutableArray<PaymentId> Offers { get; init; } = [];

    public ImmutableArray<PaymentId> Ends { get; init; } = [];

    /// <summary>What reached the desk under the numbers of this registration: each order has an amount of its own.
    /// </summary>
    public ImmutableArray<long> Ordered { get; init; } = [];

    /// <summary>Somebody on this line has ordered or asked, and waits.</summary>
    public bool IsAsked { get; init; }

    /// <summary>Orders so far, and the number of the newest one.</summary>
    public int Orders { get; init; }

    /// <summary>Codes that were shown to our own scanner.</summary>
    public int Scans { get; init; }

    public int Commands { get; init; }

    public int Faults { get; init; }

    public bool IsQuiet => Replies.IsEmpty && Said.IsEmpty && Inbox.IsEmpty && Outbox.IsEmpty && Paying.IsEmpty;

    /// <summary>What a till that mirrors receipts did not hear waits for its next order.</summary>
    public bool IsAtRest => IsQuiet && IsUp && Session is SessionState.Idle && Desk.Lane is LaneState.Idle &&
        Desk.Open.TrueForAll(t => !t.IsUnresolved && t.Payment is not PaymentState.Declined &&
            (t.Delivery is DeliveryState.Acknowledged or DeliveryState.Completed or DeliveryState.Withdrawn or
                DeliveryState.Told || t is { Order: Sale { IsMirrored: true }, Delivery: DeliveryState.Held }));
}

/// <summary>One thing that can happen next.</summary>
/// <param name="Broken">What it breaks.</param>
sealed record LineEdge(string Label, LineScene Next, string? Broken);

/// <summary>How far to search.</summary>
/// <param name="Commands">Of the till.</param>
/// <param name="Faults">Silences, refusals and lost lines in one story.</param>
public sealed record LineBounds(int Commands, int Faults, bool IsTcp, bool IsNumbered)
{
    public bool IsMirrored { get; init; }

    public int MaxStates { get; init; } = int.MaxValue;
}
