namespace Sandbox.Acquirer;

/// <summary>One payment in the gateway's book.</summary>
public sealed class BookedPayment(PayOrder order, Behaviour behaviour, string gatewayId, DateTimeOffset receivedAt)
{
    static readonly TimeSpan UsualValidity = TimeSpan.FromMinutes(10);

    readonly DateTimeOffset expires = order.Expires ?? receivedAt + UsualValidity;
    readonly DateTimeOffset arrives = receivedAt + behaviour.ArrivesAfter;

    public PayOrder Order => order;
    public Behaviour Behaviour => behaviour;
    public string GatewayId => gatewayId;
    public bool Cancelled { get; internal set; }

    /// <summary>Returned by refunds, in minor units; a cancel returns the rest.</summary>
    public long Refunded { get; internal set; }

    internal int UnclearCancels { get; set; } = behaviour.UnclearCancels;
    internal int UnclearRefunds { get; set; } = behaviour.UnclearRefunds;
    internal int FailingRefunds { get; set; } = behaviour.FailingRefunds;

    public bool ExistsAt(DateTimeOffset now) => now >= arrives;

    /// <summary>Whether the customer's money was taken, even if it was returned since.</summary>
    public bool ChargedAt(DateTimeOffset now) =>
        behaviour is { Declines: "", PaidAfter: { } after } && now >= arrives + after && arrives + after < expires;

    /// <summary>What the merchant keeps of it, in minor units.</summary>
    public long CapturedAt(DateTimeOffset now) => ChargedAt(now) && !Cancelled ? order.Minor - Refunded : 0;

    public string StatusAt(DateTimeOffset now)
    {
        if (Cancelled)
        {
            return "CANCELLED";
        }
        if (ChargedAt(now))
        {
            return behaviour.OddCase ? "Success" : "SUCCESS";
        }
        return behaviour.Declines.Length > 0 || now >= expires ? "FAIL" : "PROCESSING";
    }
}
