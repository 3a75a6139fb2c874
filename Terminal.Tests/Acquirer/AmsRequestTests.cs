using System.Text;
using Sandbox.Scanner;
using Terminal.Acquirer;
using Terminal.Payments;
using Terminal.Payments.Orders;

namespace Terminal.Tests.Acquirer;

public sealed class AmsRequestTests
{
    static readonly DateTimeOffset Now = new(2026, 11, 21, 1, 22, 47, 900, TimeSpan.FromHours(1));

    static readonly PaymentId Id = new("ABCDEFGHIJKLMNOPQRSTUVWXY2");

    static readonly AmsSettings Settings = new()
    {
        Url = new("https://gateway.example"),
        ClientId = "T_CLIENT",
        PrivateKeyFile = "",
        GatewayKeyFiles = new Dictionary<int, string>(),
        Merchant = new("M1", "Käse & Söhne", "5411", "S1", "Haupt\"straße\"", "T1"),
    };

    [Fact]
    public void Pay_is_these_bytes() => Assert.Equal(
        """
        {"productCode":"IN_STORE_PAYMENT","paymentRequestId":"ABCDEFGHIJKLMNOPQRSTUVWXY2",
        "paymentMethod":{"paymentMethodType":"CONNECT_WALLET","paymentMethodId":"288888888888888888"},
        "paymentFactor":{"inStorePaymentScenario":"PaymentCode"},
        "paymentAmount":{"currency":"EUR","value":"1250"},
        "order":{"referenceOrderId":"ABCDEFGHIJKLMNOPQRSTUVWXY2","orderDescription":"Receipt 0042",
        "orderAmount":{"currency":"EUR","value":"1250"},
        "merchant":{"referenceMerchantId":"M1","merchantName":"Käse & Söhne","merchantMCC":"5411",
        "store":{"referenceStoreId":"S1","storeName":"Haupt\"straße\"","storeMCC":"5411"}},
        "env":{"storeTerminalId":"T1","storeTerminalRequestTime":"2026-11-21T00:22:47Z"}},
        "paymentExpiryTime":"2026-11-21T00:23:47Z"}
        """.ReplaceLineEndings("").Replace("Haupt\"straße\"", "Haupt\\\"straße\\\""),
        Text(AmsRequest.Pay(Charge(TimeSpan.FromSeconds(60)), Settings, Now)));

    [Fact]
    public void Without_a_validity_no_expiry_time_is_sent() => Assert.DoesNotContain(
        "paymentExpiryTime", Text(AmsRequest.Pay(Charge(null), Settings, Now)));

    [Fact]
    public void The_notification_address_is_sent_if_there_is_one() => Assert.EndsWith(
        ""","paymentNotifyUrl":"https://shop.example/n"}""",
        Text(AmsRequest.Pay(Charge(null), Settings with { NotifyUrl = "https://shop.example/n" }, Now)));

    [Fact]
    public void The_other_calls_are_these_bytes()
    {
        Assert.Equal("""{"paymentRequestId":"ABCDEFGHIJKLMNOPQRSTUVWXY2"}""", Text(AmsRequest.Inquire(Id)));
        Assert.Equal("""{"paymentRequestId":"ABCDEFGHIJKLMNOPQRSTUVWXY2"}""", Text(AmsRequest.Cancel(Id)));
        Assert.Equal("""{"refundRequestId":"R1"}""", Text(AmsRequest.InquireRefund(new("R1"))));
        Assert.Equal(
            """{"refundRequestId":"R1","paymentId":"G1","refundAmount":{"currency":"EUR","value":"250"}}""",
            Text(AmsRequest.Refund(new(Id, new("R1"), "G1", new(250, Currency.Eur)))));
    }

    [Theory]
    [InlineData("T_CLIENT", "/ams/api/v1/payments/pay")]
    [InlineData("SANDBOX_T_CLIENT", "/ams/sandbox/api/v1/payments/pay")]
    public void A_sandbox_client_calls_and_signs_the_sandbox_path(string client, string path) =>
        Assert.Equal(path, (Settings with { ClientId = client }).Path("pay"));

    [Fact]
    public void A_request_prints_without_the_payment_code()
    {
        var charge = Charge(null);
        var request = AmsRequest.Pay(charge, Settings, Now);
        Assert.Contains("288888888888888888", Text(request));
        Assert.DoesNotContain("2888888888", request.ToString());
        Assert.DoesNotContain("2888888888", charge.ToString());
    }

    static Effect.Charge Charge(TimeSpan? validity) => new(
        new(Id, 42, 7, new(1250, Currency.Eur), "f", new(0), validity),
        Codes.Of("288888888888888888", "f", default));

    static string Text(AmsRequest request) => Encoding.UTF8.GetString(request.Body);
}
