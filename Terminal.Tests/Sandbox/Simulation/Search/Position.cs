using System.Collections.Immutable;
using Sandbox.Simulation.Peers;
using Terminal.Payments;
using Terminal.Payments.Answers;
using Terminal.Payments.Charges;
using Terminal.Payments.Orders;

namespace Sandbox.Simulation.Search;

/// <summary>
/// One instant of a whole story: terminal, journal, gateway, till, and everything on its way between them.
/// </summary>
/// <param name="Journal">What recovery would make of the durable facts, newest payment last.</param>
/// <param name="Till">What the till still owes an answer to.</param>
sealed record Position(
    DeskState Desk, Moment Now, ImmutableArray<Transaction> Journal, ImmutableArray<Account> Accounts,
    ImmutableArray<Letter> Flight, ImmutableArray<Duty> Till)
{
    /// <summary>Orders that the till may still give.</summary>
    public int Orders { get; init; }

    /// <summary>Reversals and refunds that the till may still think of.</summary>
    public int ReturnOrders { get; init; }

    /// <summary>Those that it did order.</summary>
    public ImmutableArray<TillReturn> Returns { get; init; } = [];

    /// <summary>The sales were made before, all under one receipt number, which the till orders their returns by.
    /// </summary>
    public bool IsShared { get; init; }

    /// <summary>How much may still go wrong.</summary>
    public int Faults { get; init; }

    /// <summary>Nothing went wrong so far.</summary>
    public bool Smooth { get; init; } = true;

    public bool LinkUp { get; init; } = true;

    /// <summary>Orders whose till was gone before their code came: nothing of them may leave.</summary>
    public ImmutableArray<PaymentId> Gone { get; init; } = [];

    public int RefundIds { get; init; }

    public Account? AccountOf(PaymentId id) => Accounts.FirstOrDefault(a => a.Id == id);

    public Transaction? Durable(PaymentId id) => Journal.FirstOrDefault(t => t.Order.Id == id);

    public Position With(Account account) =>
        this with { Accounts = [.. Accounts.Where(a => a.Id != account.Id), account] };

    public Position Without(Letter letter) => this with { Flight = Flight.Remove(letter) };

    public Position Spend(int faults) =>
        faults == 0 ? this : this with { Faults = Faults - faults, Smooth = false };
}

enum Standing { Unknown, InProcess, Captured, Declined, Cancelled }

/// <summary>One payment at the gateway. It does not protect us: it would refund what it returned already.</summary>
/// <param name="T0">When its pay call left.</param>
/// <param name="PayBy">The validity of pay: nothing is captured later.</param>
/// <param name="Sent">Pay calls of which a byte may have left.</param>
sealed record Account(PaymentId Id, Standing Standing, Moment T0, Moment PayBy, int Sent)
{
    public bool Captured { get; init; }

    /// <summary>The terminal has recorded that it cancels.</summary>
    public bool CancelDecided { get; init; }

    /// <summary>Captured before the last inquiry was due.</summary>
    public bool InTime { get; init; }

    /// <summary>Pay was answered by a decline that was not its own.</summary>
    public bool Misdeclined { get; init; }

    /// <summary>What became of the inquiry that is to find that out.</summary>
    public Check Check { get; init; }

    /// <summary>In minor units.</summary>
    public long Returned { get; init; }

    /// <summary>What the till issued goods for; 0: for all, or it has not said so.</summary>
    public long Issued { get; init; }

    /// <summary>What is to go back without an order.</summary>
    public long Rest => Issued == 0 ? 0 : Minor - Issued;

    /// <summary>What it is about.</summary>
    public long Minor { get; init; } = Tale.Amount.Minor;

    public ImmutableArray<string> Refunds { get; init; } = [];
    public ImmutableArray<string> FailedRefunds { get; init; } = [];

    /// <summary>Refunds that it has not decided on yet.</summary>
    public ImmutableArray<OpenRefund> OpenRefunds { get; init; } = [];
}

enum Check { None, Asked, Heard }

/// <param name="DoneBy">Returned then, if nothing else becomes of it.</param>
sealed record OpenRefund(string Id, long Minor, Moment DoneBy);

enum Matter { Pay, Query, Cancel, Refund, RefundQuery }

/// <summary>A request on its way to the gateway, or its answer on its way back.</summary>
sealed record Letter(Matter Matter, PaymentId Payment, int Number, string Refund, Moment SentAt)
{
    /// <summary>What a refund is to return.</summary>
    public long Minor { get; init; }

    /// <summary>Null while the gateway has not processed it.</summary>
    public GatewayAnswer? Answer { get; init; }

    /// <summary>Time has passed over it: one fault was paid.</summary>
    public bool Late { get; init; }

    /// <summary>Delivered once already.</summary>
    public bool Repeated { get; init; }

    /// <summary>Whoever asked is gone; it may still arrive.</summary>
    public bool Orphan { get; init; }
}

enum Telling { Status, Completion, Abort }

/// <summary>The till's turn: to answer 04 0F, 06 0F (no outcome) or 06 1E.</summary>
sealed record Duty(PaymentId Payment, Telling Telling, Outcome? Outcome, bool Late);

/// <summary>One thing that can happen next.</summary>
/// <param name="Broken">The promise that it breaks.</param>
sealed record Edge(Func<string> Label, Position Next, string? Broken);
