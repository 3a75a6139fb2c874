using System.Text;
using Terminal.Acquirer;
using Terminal.Payments;
using Terminal.Payments.Charges;
using Terminal.Payments.Orders;

namespace Terminal.Tests.Acquirer;

/// <summary>What an answer is worth whose signature is right and whose time is not.</summary>
public sealed class FreshAnswerTests
{
    static readonly PaymentId Id = new("P1");
    static readonly RefundId RefundId = new("R1");

    static readonly AmsCall Query = AmsCall.Of(new Effect.Query(Id, 1, default), Currency.Eur);
    static readonly AmsCall Cancel = AmsCall.Of(new Effect.Cancel(Id, 1, default));
    static readonly AmsCall Refund = AmsCall.Of(new Effect.Refund(Id, RefundId, "G1", new(250, Currency.Eur)));
    static readonly AmsCall RefundQuery = AmsCall.Of(new Effect.QueryRefund(Id, RefundId));

    static AmsCall Pay => AmsCall.Of(CallCounter.Charge(Id, 1250), new AmsSettings
    {
        Url = new("https://gateway.example"),
        ClientId = "T",
        PrivateKeyFile = "",
        GatewayKeyFiles = new Dictionary<int, string>(),
        Merchant = new("", "", "", "", "", ""),
    }, new(new ManualTime()));

    public static TheoryData<string, string> WithoutOurId => new()
    {
        { "pay", Result("F", "USER_BALANCE_NOT_ENOUGH") },
        { "pay", Result("U", "PAYMENT_IN_PROCESS") },
        { "pay", Status("", "P2") },
        { "query", Result("F", "ORDER_NOT_EXIST") },
        { "query", Status("SUCCESS", "P2") },
        { "query", Status("PROCESSING", "P2") },
        { "cancel", Result("F", "ORDER_NOT_EXIST") },
        { "cancel", Result("F", "CANCEL_WINDOW_EXCEED") },
        { "cancel", Result("F", "PROCESS_FAIL") },
        { "refund", Result("F", "PROCESS_FAIL") },
        { "refund query", Result("F", "REFUND_NOT_EXIST") },
    };

    [Theory]
    [MemberData(nameof(WithoutOurId))]
    public void Without_our_id_it_counts_only_if_it_was_signed_now(string call, string body)
    {
        Assert.IsNotType<GatewayAnswer.Unknown>(Hear(call, body, Freshness.Fresh));
        Assert.IsType<GatewayAnswer.Unknown>(Hear(call, body, Freshness.Unknown));
        Assert.IsType<GatewayAnswer.Unknown>(Hear(call, body, Freshness.Stale));
    }

    public static TheoryData<string, string> WithOurId => new()
    {
        { "pay", Status("", "P1") },
        { "query", Status("SUCCESS", "P1") },
        { "query", Status("FAIL", "P1") },
        { "query", Status("CANCELLED", "P1") },
        { "query", Status("PROCESSING", "P1") },
        { "cancel", Status("", "P1") },
        { "refund", Returned("") },
        { "refund query", Returned("SUCCESS") },
        { "refund query", Returned("FAIL") },
        { "refund query", Returned("PROCESSING") },
    };

    [Theory]
    [MemberData(nameof(WithOurId))]
    public void With_our_id_it_counts_whenever_it_was_signed(string call, string body)
    {
        Assert.IsNotType<GatewayAnswer.Unknown>(Hear(call, body, Freshness.Stale));
        Assert.Equal(Hear(call, body, Freshness.Fresh), Hear(call, body, Freshness.Stale));
    }

    [Fact]
    public void Processing_tells_whether_it_names_the_payment()
    {
        Assert.Equal(new GatewayAnswer.Processing(true), Hear("query", Status("PENDING", "P1"), Freshness.Fresh));
        Assert.Equal(new GatewayAnswer.Processing(), Hear("query", Status("PENDING", "P2"), Freshness.Fresh));
        Assert.Equal(new GatewayAnswer.Processing(), Hear("query", Result("U", "BUSY"), Freshness.Fresh));
    }

    static GatewayAnswer Hear(string call, string body, Freshness signed) => (call switch
    {
        "pay" => Pay,
        "query" => Query,
        "cancel" => Cancel,
        "refund" => Refund,
        _ => RefundQuery,
    }).Hear(Encoding.UTF8.GetBytes(body), signed);

    static string Result(string status, string code) =>
        $$$"""{"result":{"resultStatus":"{{{status}}}","resultCode":"{{{code}}}"}}""";

    static string Status(string status, string id) =>
        $$$"""{"result":{"resultStatus":"S","resultCode":"SUCCESS"},"paymentStatus":"{{{status}}}",""" +
        $$$""" "paymentRequestId":"{{{id}}}","paymentId":"G1","paymentAmount":{"currency":"EUR","value":"1250"}}""";

    static string Returned(string status) =>
        $$$"""{"result":{"resultStatus":"S","resultCode":"SUCCESS"},"refundStatus":"{{{status}}}",""" +
        """ "refundRequestId":"R1","refundAmount":{"currency":"EUR","value":"250"}}""";
}
