using Terminal.Payments;
using Terminal.Payments.Charges;

namespace Sandbox.Simulation.Search;

/// <summary>Everything that a truthful gateway may answer; the first answer is the kindest.</summary>
static class Gateway
{
    public sealed record Reply(Account After, GatewayAnswer Answer, int Cost = 0);

    /// <summary>A cancel or refund that took longer than this was never sent.</summary>
    public static readonly TimeSpan LongestWay = TimeSpan.FromSeconds(60);

    public static IEnumerable<Reply> Process(Account a, Letter letter, Position s) => letter.Matter switch
    {
        Matter.Pay => Pay(a, s.Now),
        Matter.Query => [new(a, Status(a))],
        Matter.Cancel when s.Returns.IsEmpty => Cancel(a),
        Matter.Cancel => [.. Cancel(a), .. Pretend(a)],
        Matter.Refund when s.Returns.IsEmpty => Refund(a, letter),
        Matter.Refund => [.. Refund(a, letter), .. Linger(a, letter, s.Now)],
        _ => [new(a, RefundStatus(a, letter.Refund))],
    };

    /// <summary>The customer confirms or refuses, or lets the validity pass.</summary>
    public static IEnumerable<Reply> Decide(Account a, Moment now) => a.Standing != Standing.InProcess ? [] :
    [
        new(Capture(a, now), Success(a)),
        new(a with { Standing = Standing.Declined }, Fail),
    ];

    /// <summary>It carries out a refund that it put off, or fails to.</summary>
    public static IEnumerable<Reply> Settle(Account a) => a.OpenRefunds.SelectMany(r => new Reply[]
    {
        new(Close(a, r), Accepted),
        new(a with { OpenRefunds = a.OpenRefunds.Remove(r), FailedRefunds = a.FailedRefunds.Add(r.Id) }, Refused),
    });

    /// <summary>What time alone does to it.</summary>
    public static Account At(Account a, Moment now) => a switch
    {
        { Standing: Standing.InProcess } when now > a.PayBy => a with { Standing = Standing.Declined },
        { OpenRefunds: [var first, ..] } when now > first.DoneBy => At(Close(a, first), now),
        _ => a,
    };

    static Account Close(Account a, OpenRefund r) => a with
    {
        OpenRefunds = a.OpenRefunds.Remove(r),
        Refunds = a.Refunds.Add(r.Id),
        Returned = a.Returned + r.Minor,
    };

    public static bool IsStale(Letter letter, Position scene) => letter switch
    {
        { Matter: Matter.Pay, Answer: null } => scene.Now > scene.AccountOf(letter.Payment)!.PayBy,
        _ => scene.Now >= letter.SentAt + LongestWay,
    };

    static readonly GatewayAnswer Fail = new GatewayAnswer.Declined(DeclineReason.Refused, "F");
    static readonly GatewayAnswer NotFound = new GatewayAnswer.NotFound();
    static readonly GatewayAnswer Processing = new GatewayAnswer.Processing();
    static readonly GatewayAnswer Ours = new GatewayAnswer.Processing(Named: true);
    static readonly GatewayAnswer Accepted = new GatewayAnswer.Accepted();
    static readonly GatewayAnswer Refused = new GatewayAnswer.Refused("F");
    static readonly GatewayAnswer Cancelled = new GatewayAnswer.Cancelled();
    static readonly GatewayAnswer TooLate = new GatewayAnswer.WindowExceeded();

    static GatewayAnswer.Succeeded Success(Account a) =>
        new GatewayAnswer.Succeeded(a.Id, "G", Tale.Amount with { Minor = a.Minor });

    static Account Capture(Account a, Moment now) => a with
    {
        Standing = Standing.Captured,
        Captured = true,
        InTime = now < a.T0 + Tale.Policy.LastInquiry,
    };

    static Reply[] Pay(Account a, Moment now) => a.Standing switch
    {
        Standing.Unknown =>
        [
            new(Capture(a, now), Success(a)),
            new(a with { Standing = Standing.Declined }, Fail),
            new(a with { Standing = Standing.InProcess }, Processing),
            // Another payment's decline in its place.
            new(Capture(a, now) with { Misdeclined = true }, Fail, Cost: 1),
            new(a with { Standing = Standing.InProcess, Misdeclined = true }, Fail, Cost: 1),
        ],
        Standing.Cancelled => [new(a, Fail)],
        _ => [new(a, Status(a))],
    };

    static GatewayAnswer Status(Account a) => a.Standing switch
    {
        Standing.Unknown => NotFound,
        Standing.InProcess => Ours,
        Standing.Captured => Success(a),
        Standing.Declined => Fail,
        _ => Cancelled,
    };

    static Reply[] Cancel(Account a) => a.Standing switch
    {
        Standing.Unknown =>
        [
            new(a, NotFound), // The pay call may still be on its way.
            new(a with { Standing = Standing.Cancelled }, Accepted),
            new(a, Accepted, Cost: 1), // Some gateways accept the cancel of anything.
        ],
        Standing.InProcess => [new(a with { Standing = Standing.Cancelled }, Accepted)],
        Standing.Captured =>
        [
            new(a with { Standing = Standing.Cancelled, Returned = a.Returned + a.Minor }, Accepted),
            new(a, TooLate, Cost: 1),
            new(a, Refused, Cost: 1),
        ],
        Standing.Declined => [new(a, Refused)],
        _ => [new(a, Accepted)],
    };

    static Reply[] Refund(Account a, Letter letter)
    {
        var id = letter.Refund;
        if (RefundStatus(a, id) != NotFound || !a.Captured)
        {
            return [new(a, a.Captured ? RefundStatus(a, id) : Refused)];
        }
        var done = a with { Refunds = a.Refunds.Add(id), Returned = a.Returned + letter.Minor };
        var failed = a with { FailedRefunds = a.FailedRefunds.Add(id) };
        return [new(done, Accepted), new(done, Processing, Cost: 1), new(failed, Refused, Cost: 1)];
    }

    /// <summary>A cancel that was accepted and never carried out.</summary>
    static Reply[] Pretend(Account a) => a.Standing == Standing.Captured ? [new(a, Accepted, Cost: 1)] : [];

    /// <summary>A refund that is decided later, and one that is refused and forgotten.</summary>
    static Reply[] Linger(Account a, Letter letter, Moment now) => RefundStatus(a, letter.Refund) != NotFound ? [] :
    [
        new(
            a with { OpenRefunds = a.OpenRefunds.Add(new(letter.Refund, letter.Minor, now + LongestWay)) },
            Processing, Cost: 1),
        new(a, Refused, Cost: 1),
    ];

    static GatewayAnswer RefundStatus(Account a, string id) =>
        a.OpenRefunds.Any(r => r.Id == id) ? Processing :
        a.Refunds.Contains(id) ? Accepted : a.FailedRefunds.Contains(id) ? Refused : NotFound;
}
