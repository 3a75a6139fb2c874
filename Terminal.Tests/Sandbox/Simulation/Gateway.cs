using Terminal.Payments;

namespace Sandbox.Simulation;

/// <summary>Everything that a truthful gateway may answer; the first answer is the kindest.</summary>
static class Gateway
{
    public sealed record Reply(Account After, GatewayAnswer Answer, int Cost = 0);

    /// <summary>A cancel or refund that took longer than this was never sent.</summary>
    public static readonly TimeSpan LongestWay = TimeSpan.FromSeconds(60);

    public static IEnumerable<Reply> Process(Account a, Letter letter, Moment now) => letter.Matter switch
    {
        Matter.Pay => Pay(a, now),
        Matter.Query => [new(a, Status(a))],
        Matter.Cancel => Cancel(a),
        Matter.Refund => Refund(a, letter.Refund),
        _ => [new(a, RefundStatus(a, letter.Refund))],
    };

    /// <summary>The customer confirms or refuses, or lets the validity pass.</summary>
    public static IEnumerable<Reply> Decide(Account a, Moment now) => a.Standing != Standing.InProcess ? [] :
    [
        new(Capture(a, now), Success(a)),
        new(a with { Standing = Standing.Declined }, Fail),
    ];

    /// <summary>What time alone does to it.</summary>
    public static Account At(Account a, Moment now) =>
        a.Standing == Standing.InProcess && now > a.PayBy ? a with { Standing = Standing.Declined } : a;

    public static bool IsStale(Letter letter, Scene scene) => letter switch
    {
        { Matter: Matter.Pay, Answer: null } => scene.Now > scene.AccountOf(letter.Payment)!.PayBy,
        _ => scene.Now >= letter.SentAt + LongestWay,
    };

    static readonly GatewayAnswer Fail = new GatewayAnswer.Declined(DeclineReason.Refused, "F");
    static readonly GatewayAnswer NotFound = new GatewayAnswer.NotFound();
    static readonly GatewayAnswer Processing = new GatewayAnswer.Processing();
    static readonly GatewayAnswer Accepted = new GatewayAnswer.Accepted();
    static readonly GatewayAnswer Refused = new GatewayAnswer.Refused("F");
    static readonly GatewayAnswer Cancelled = new GatewayAnswer.Cancelled();
    static readonly GatewayAnswer TooLate = new GatewayAnswer.WindowExceeded();

    static GatewayAnswer.Succeeded Success(Account a) => new GatewayAnswer.Succeeded(a.Id, "G", Tale.Amount);

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
        ],
        Standing.Cancelled => [new(a, Fail)],
        _ => [new(a, Status(a))],
    };

    static GatewayAnswer Status(Account a) => a.Standing switch
    {
        Standing.Unknown => NotFound,
        Standing.InProcess => Processing,
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
        Standing.Captured when a.Returned > 0 => [new(a, Refused)],
        Standing.Captured =>
        [
            new(a with { Standing = Standing.Cancelled, Returned = a.Returned + 1 }, Accepted),
            new(a, TooLate, Cost: 1),
            new(a, Refused, Cost: 1),
        ],
        Standing.Declined => [new(a, Refused)],
        _ => [new(a, Accepted)],
    };

    static Reply[] Refund(Account a, string id)
    {
        if (a.Refunds.Contains(id) || a.FailedRefunds.Contains(id) || !a.Captured)
        {
            return [new(a, a.Refunds.Contains(id) ? Accepted : Refused)];
        }
        var done = a with { Refunds = a.Refunds.Add(id), Returned = a.Returned + 1 };
        var failed = a with { FailedRefunds = a.FailedRefunds.Add(id) };
        return [new(done, Accepted), new(done, Processing, Cost: 1), new(failed, Refused, Cost: 1)];
    }

    static GatewayAnswer RefundStatus(Account a, string id) =>
        a.Refunds.Contains(id) ? Accepted : a.FailedRefunds.Contains(id) ? Refused : NotFound;
}
