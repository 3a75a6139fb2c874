using Sandbox.Scanner;
using Terminal.Payments;
using Terminal.Payments.Charges;
using Terminal.Payments.Orders;
using Terminal.Payments.Periods;

namespace Terminal.Tests.Payments;

/// <summary>Ordinary values for tests that do not care which.</summary>
static class Some
{
    public static readonly PaymentId Id = new("AAAAAAAAAAAAAAAAAAAAAAAAAA");
    public static readonly PaymentId OtherId = new("BBBBBBBBBBBBBBBBBBBBBBBBBB");
    public static readonly PaymentId ReturnId = new("CCCCCCCCCCCCCCCCCCCCCCCCCC");
    public static readonly Money Amount = new(1250, Currency.Eur);
    public static readonly RefundId Refund = new("RRRRRRRRRRRRRRRRRRRRRRRRRR");
    public static readonly RefundId OtherRefund = new("SSSSSSSSSSSSSSSSSSSSSSSSSS");
    public const string GatewayId = "G-1";

    public static Sale Sale() => Sale(Id);

    public static Sale Sale(PaymentId id) =>
        new(id, 7, 42, Amount, Code().Fingerprint, new(1_767_000_000_000), TimeSpan.FromSeconds(60));

    public static OrderNumbers Numbers(PaymentId id) => new(id, 8, 43, Sale().At);

    /// <summary>A reversal of all, or a refund of 5.00, of <see cref="Sale()"/>.</summary>
    public static Return Return(ReturnKind kind) => Terminal.Payments.Orders.Return.New(
        kind, Numbers(ReturnId), kind == ReturnKind.Reversal ? Amount : new(500, Currency.Eur),
        new(Id, GatewayId, 7, 42));

    public static readonly EndOfDay EndOfDay =
        new(OtherId, 9, 44, Sale().At, new(new(1, 1250), default, default, (7, 8), 20, 20));

    /// <summary>Of one sale, if it is not said of what.</summary>
    public static Accounts Accounts(Period? period = null) => new(
        period ?? new(1) { Sales = new(1, 1250), Receipts = (7, 8) }, new Dictionary<PaymentId, OrderAccount>(),
        Entries: 20, Stored: 20);

    public static PaymentCode Code(string fingerprint = "f1", double scannedAt = 0) =>
        Codes.Of("280123456789012345", fingerprint, At(scannedAt));

    /// <param name="earlier">What the code was used for; the order is a new one then.</param>
    public static SaleOrder Order(PaymentCode? code = null, Transaction? earlier = null) =>
        new((earlier is null ? Sale() : Sale(OtherId) with { Receipt = 8 }) with { Fingerprint = "" }, code, earlier);

    public static Moment At(double seconds) => new(TimeSpan.FromSeconds(seconds).Ticks);

    public static GatewayAnswer Success() => new GatewayAnswer.Succeeded(Id, GatewayId, Amount);

    public static readonly GatewayAnswer Accepted = new GatewayAnswer.Accepted();
    public static readonly GatewayAnswer Processing = new GatewayAnswer.Processing();
    public static readonly GatewayAnswer Ours = new GatewayAnswer.Processing(Named: true);
    public static readonly GatewayAnswer NotFound = new GatewayAnswer.NotFound();
    public static readonly GatewayAnswer Cancelled = new GatewayAnswer.Cancelled();
    public static readonly GatewayAnswer Fail = new GatewayAnswer.Declined(DeclineReason.InsufficientFunds, "NO_FUNDS");
    public static readonly GatewayAnswer WindowExceeded = new GatewayAnswer.WindowExceeded();
    public static readonly GatewayAnswer Refused = new GatewayAnswer.Refused("BUSY");
    public static readonly GatewayAnswer Unknown = new GatewayAnswer.Unknown("time-out");
    public static readonly GatewayAnswer NotSent = new GatewayAnswer.NotSent("no route");
}
