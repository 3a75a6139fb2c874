using Sandbox.Simulation.Search;
using Terminal.Payments;
using Terminal.Payments.Answers;
using Terminal.Payments.Orders;

namespace Sandbox.Simulation.Peers;

/// <summary>What a till knows of a reversal or refund that it ordered.</summary>
enum ReturnHeard
{
    /// <summary>No end of it: until then the same order is this one again.</summary>
    Nothing,
    Returned,
    NotReturned,
}

/// <summary>A reversal or refund as its till knows it: one instruction, however often it is given.</summary>
/// <param name="Of">The payment whose money it is.</param>
sealed record TillReturn(PaymentId Of, ReturnKind Kind, long Minor)
{
    /// <summary>What the terminal made of it; null while it has not begun.</summary>
    public PaymentId? Id { get; init; }

    public ReturnHeard Heard { get; init; }

    public override string ToString() =>
        Kind == ReturnKind.Reversal ? $"06 30 of {Of}" : $"06 31 of {Minor} of {Of}";
}

/// <summary>What the till makes of the answers to its reversals and refunds.</summary>
static class TillReturns
{
    /// <summary>Named by an order that is of no sale alone.</summary>
    public static readonly PaymentId Nobodys = new("nobody's");

    /// <summary>The same order, given before and not heard the end of.</summary>
    public static TillReturn? Pending(Position s, TillReturn order) => s.Returns.LastOrDefault(r =>
        r.Heard == ReturnHeard.Nothing && r.Of == order.Of && r.Kind == order.Kind && r.Minor == order.Minor);

    public static TillReturn Pending(Position s, ReturnOrder order) => Pending(s, Of(s, order.Request))!;

    /// <summary>
    /// What the till's words mean to whoever knows all sales: of several with the number, the one whose whole amount
    /// they name.
    /// </summary>
    public static TillReturn Of(Position s, ReturnRequest request)
    {
        var sales = s.Accounts.Where(a => request.Reference is { } id
            ? a.Id == id
            : s.Durable(a.Id)!.Order.Receipt == request.Receipt).ToList();
        var meant = sales is [_] ? sales : sales.FindAll(a => a.Minor == request.Amount?.Minor);
        return meant is [var of]
            ? new(of.Id, request.Kind, request.Amount?.Minor ?? of.Minor - of.Rest)
            : new(Nobodys, request.Kind, request.Amount?.Minor ?? 0);
    }

    public static Position Begin(Position s, TillReturn order) =>
        s with { ReturnOrders = s.ReturnOrders - 1, Returns = s.Returns.Add(order) };

    /// <summary>What the terminal made of the order.</summary>
    public static PaymentId? IdOf(IEnumerable<Effect> effects) => effects.Select(e => e switch
    {
        Effect.Record { Fact: Fact.ReturnRequested f } => f.Return.Id,
        Effect.Offer { Order: Return given } => given.Id,
        _ => (PaymentId?)null,
    }).FirstOrDefault(id => id is not null);

    /// <summary>An order that was refused when it was new moved nothing: it may be given, and refused, at any time.
    /// </summary>
    public static Position Answered(Position s, ReturnOrder order, Effect[] effects)
    {
        var was = Pending(s, order);
        return effects.Any(e => e is Effect.Refuse)
            ? was.Id is null
                ? s with { ReturnOrders = s.ReturnOrders + 1, Returns = s.Returns.Remove(was) }
                : s with { Returns = s.Returns.Replace(was, was with { Heard = ReturnHeard.NotReturned }) }
            : s with { Returns = s.Returns.Replace(was, was with { Id = IdOf(effects) }) };
    }

    /// <summary>The till acknowledges what it is told: 06 0F, or that nothing was returned, ends its order.</summary>
    public static Position Acknowledged(Position s, Duty duty)
    {
        var heard = duty switch
        {
            { Telling: Telling.Completion } => ReturnHeard.Returned,
            { Outcome: Outcome.Rejected } => ReturnHeard.NotReturned,
            _ => ReturnHeard.Nothing,
        };
        return heard != ReturnHeard.Nothing && s.Returns.FirstOrDefault(r => r.Id == duty.Payment) is { } order
            ? s with { Returns = s.Returns.Replace(order, order with { Heard = heard }) }
            : s;
    }
}
