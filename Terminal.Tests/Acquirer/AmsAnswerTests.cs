using System.Text;
using Terminal.Acquirer;
using Terminal.Payments;
using Terminal.Payments.Charges;
using Terminal.Payments.Orders;

namespace Terminal.Tests.Acquirer;

public sealed class AmsAnswerTests
{
    const string Paid =
        """{"result":{"resultStatus":"S","resultCode":"SUCCESS"},"paymentRequestId":"P1","paymentId":"G1",""" +
        """ "paymentAmount":{"currency":"EUR","value":"1250"},"quotePrice":1.5}""";

    static readonly PaymentId Id = new("P1");
    static readonly Effect.Refund Refund = new(Id, new("R1"), "G1", new(250, Currency.Eur));
    static readonly Money Amount = new(1250, Currency.Eur);

    [Fact]
    public void A_paid_answer_tells_what_was_paid() =>
        Assert.Equal(new GatewayAnswer.Succeeded(Id, "G1", Amount), Pay(Paid));

    [Theory]
    [InlineData("\"1250\"", "1250")]
    [InlineData("\"1250\"", "\"12.50\"")]
    [InlineData("\"1250\"", "\" 1250\"")]
    [InlineData("\"1250\"", "\"-1250\"")]
    [InlineData("\"1250\"", "\"99999999999999999999\"")]
    [InlineData("\"P1\"", "null")]
    [InlineData("\"G1\"", "\"\"")]
    [InlineData("\"G1\"", "\"\\ud800\"")]
    [InlineData("\"G1\"", "\"G1\",\"paymentId\":\"G2\"")]
    [InlineData("{\"result\"", "[{\"result\"")]
    public void A_success_that_is_not_plain_is_no_answer(string part, string instead) =>
        Assert.IsType<GatewayAnswer.Unknown>(Pay(Paid.Replace(part, instead)));

    [Theory]
    [InlineData("\"1250\"", "\"1251\"")]
    [InlineData("EUR", "JPY")]
    [InlineData("\"P1\"", "\"P2\"")]
    public void Another_payment_is_reported_as_what_it_is(string part, string instead)
    {
        var other = Assert.IsType<GatewayAnswer.Succeeded>(Pay(Paid.Replace(part, instead)));
        Assert.False(other.Echo == Id && other.Amount == Amount);
    }

    [Theory]
    [InlineData("INVALID_CODE", DeclineReason.BadCode)]
    [InlineData("USER_BALANCE_NOT_ENOUGH", DeclineReason.InsufficientFunds)]
    [InlineData("PAYMENT_AMOUNT_EXCEED_LIMIT", DeclineReason.LimitExceeded)]
    [InlineData("UNAVAILABLE_PAYMENT_METHOD", DeclineReason.MethodNotAllowed)]
    [InlineData("RISK_REJECT", DeclineReason.Refused)]
    public void A_listed_refusal_of_pay_is_final(string code, DeclineReason reason) =>
        Assert.Equal(new GatewayAnswer.Declined(reason, code), Pay(Result("F", code)));

    [Theory]
    [InlineData("REPEAT_REQ_INCONSISTENT")]
    [InlineData("ORDER_IS_CLOSED")]
    [InlineData("ORDER_STATUS_INVALID")]
    [InlineData("ORDER_NOT_EXIST")]
    [InlineData("SOMETHING_NEW")]
    public void Any_other_refusal_of_pay_decides_nothing(string code) =>
        Assert.Equal(new GatewayAnswer.Unknown(code), Pay(Result("F", code)));

    [Fact]
    public void An_unclear_pay_is_in_progress() =>
        Assert.IsType<GatewayAnswer.Processing>(Pay(Result("U", "PAYMENT_IN_PROCESS")));

    [Theory]
    [InlineData("SUCCESS", typeof(GatewayAnswer.Succeeded))]
    [InlineData("Success", typeof(GatewayAnswer.Succeeded))]
    [InlineData("FAIL", typeof(GatewayAnswer.Declined))]
    [InlineData("CANCELLED", typeof(GatewayAnswer.Cancelled))]
    [InlineData("PROCESSING", typeof(GatewayAnswer.Processing))]
    [InlineData("PENDING", typeof(GatewayAnswer.Processing))]
    [InlineData("WHATEVER", typeof(GatewayAnswer.Processing))]
    public void An_inquiry_tells_the_payment_status(string status, Type answer) =>
        Assert.IsType(answer, Inquire(WithStatus(status)));

    [Theory]
    [InlineData("FAIL")]
    [InlineData("CANCELLED")]
    public void The_end_of_another_payment_is_not_the_end_of_ours(string status) =>
        Assert.IsType<GatewayAnswer.Unknown>(Inquire(WithStatus(status).Replace("\"P1\"", "\"P2\"")));

    [Fact]
    public void A_refused_inquiry_says_nothing_but_that_the_order_does_not_exist()
    {
        Assert.IsType<GatewayAnswer.NotFound>(Inquire(Result("F", "ORDER_NOT_EXIST")));
        Assert.IsType<GatewayAnswer.Unknown>(Inquire(Result("F", "USER_BALANCE_NOT_ENOUGH")));
        Assert.IsType<GatewayAnswer.Processing>(Inquire(Result("U", "UNKNOWN_EXCEPTION")));
    }

    [Fact]
    public void A_cancel_is_accepted_only_with_our_id()
    {
        Assert.IsType<GatewayAnswer.Accepted>(Cancel(Paid));
        Assert.IsType<GatewayAnswer.Unknown>(Cancel(Paid.Replace("\"P1\"", "\"P2\"")));
        Assert.IsType<GatewayAnswer.Unknown>(Cancel(Result("S", "SUCCESS")));
        Assert.IsType<GatewayAnswer.Unknown>(Cancel(Result("U", "UNKNOWN_EXCEPTION")));
        Assert.IsType<GatewayAnswer.WindowExceeded>(Cancel(Result("F", "CANCEL_WINDOW_EXCEED")));
        Assert.IsType<GatewayAnswer.NotFound>(Cancel(Result("F", "ORDER_NOT_EXIST")));
        Assert.Equal(new GatewayAnswer.Refused("PROCESS_FAIL"), Cancel(Result("F", "PROCESS_FAIL")));
    }

    [Fact]
    public void A_refund_is_accepted_only_with_our_id_and_amount()
    {
        var returned = WithResult(""","refundRequestId":"R1","refundAmount":{"currency":"EUR","value":"250"}}""");
        Assert.IsType<GatewayAnswer.Accepted>(Refunded(returned));
        Assert.IsType<GatewayAnswer.Unknown>(Refunded(returned.Replace("R1", "R2")));
        Assert.IsType<GatewayAnswer.Unknown>(Refunded(returned.Replace("250", "251")));
        Assert.IsType<GatewayAnswer.Unknown>(Refunded(returned.Replace("EUR", "USD")));
        Assert.IsType<GatewayAnswer.Unknown>(Refunded(Result("U", "UNKNOWN_EXCEPTION")));
        Assert.Equal(new GatewayAnswer.Refused("PROCESS_FAIL"), Refunded(Result("F", "PROCESS_FAIL")));
    }

    [Theory]
    [InlineData("SUCCESS", typeof(GatewayAnswer.Accepted))]
    [InlineData("FAIL", typeof(GatewayAnswer.Refused))]
    [InlineData("PROCESSING", typeof(GatewayAnswer.Processing))]
    public void A_refund_inquiry_tells_the_refund_status(string status, Type answer)
    {
        var body = WithResult($$""","refundRequestId":"R1","refundStatus":"{{status}}"}""");
        Assert.IsType(answer, InquireRefund(body));
        Assert.IsType<GatewayAnswer.Unknown>(InquireRefund(body.Replace("R1", "R2")));
        Assert.IsType<GatewayAnswer.NotFound>(InquireRefund(Result("F", "REFUND_NOT_EXIST")));
        Assert.IsType<GatewayAnswer.Unknown>(InquireRefund(Result("F", "PROCESS_FAIL")));
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("<html>")]
    [InlineData("{}")]
    [InlineData("""{"result":"S"}""")]
    [InlineData("""{"result":{"resultStatus":"s","resultCode":"SUCCESS"}}""")]
    [InlineData("""{"result":{"resultStatus":"S","resultStatus":"F","resultCode":"RISK_REJECT"}}""")]
    public void What_is_not_an_answer_is_unknown(string body) => Assert.All(
        [Pay(body), Inquire(body), Cancel(body), Refunded(body), InquireRefund(body)],
        answer => Assert.IsType<GatewayAnswer.Unknown>(answer));

    [Theory]
    [InlineData("288888888888888888")]
    [InlineData("hQVDUFYwMWEaTwegAAAA")]
    [InlineData("<script>")]
    [InlineData("ABCDEFGHIJKLMNOPQRSTUVWXYZABCDEFGHIJKLMNOPQRSTUVWXYZABCDEFGHIJKLM")]
    public void A_result_code_that_is_none_reaches_no_log(string code)
    {
        Assert.Equal(new GatewayAnswer.Unknown("no result"), Pay(Result("F", code)));
        var failed = WithStatus("FAIL")[..^1] + $$""","paymentResultCode":"{{code}}"}""";
        Assert.Equal(new GatewayAnswer.Declined(DeclineReason.Refused, ""), Inquire(failed));
    }

    [Fact]
    public void No_mutation_of_an_answer_gets_past_as_an_exception()
    {
        var seeds = new[] { Paid, WithStatus("SUCCESS"), Result("F", "RISK_REJECT"), WithResult(",\"a\":[[{}]]}") };
        var readers = new Func<byte[], GatewayAnswer>[]
        {
            body => AmsAnswer.Pay(body, Currency.Eur),
            body => AmsAnswer.Inquiry(body, Id, Currency.Eur),
            body => AmsAnswer.Cancel(body, Id),
            body => AmsAnswer.Refund(body, Refund),
            body => AmsAnswer.RefundInquiry(body, Refund.Id),
        };
        var random = new Random(20261121);
        var unknown = 0;
        for (var i = 0; i < 100_000; i++)
        {
            var body = Encoding.UTF8.GetBytes(seeds[i % seeds.Length]);
            for (var n = random.Next(1, 6); n > 0; n--)
            {
                body[random.Next(body.Length)] = (byte)random.Next(256);
            }
            body = random.Next(10) == 0 ? body[..random.Next(body.Length)] : body;
            unknown += readers[i % readers.Length](body) is GatewayAnswer.Unknown ? 1 : 0;
        }
        Assert.InRange(unknown, 50_000, 99_999);
    }

    [Fact]
    public void Deep_nesting_is_refused() =>
        Assert.Equal(new GatewayAnswer.Unknown("unparsable"), Pay(new string('[', 60_000)));

    static string Result(string status, string code) =>
        $$$"""{"result":{"resultStatus":"{{{status}}}","resultCode":"{{{code}}}"}}""";

    static string WithResult(string rest) => Result("S", "SUCCESS")[..^1] + rest;

    static string WithStatus(string status) => Paid[..^1] + $$""","paymentStatus":"{{status}}"}""";

    static byte[] Bytes(string body) => Encoding.UTF8.GetBytes(body);

    static GatewayAnswer Pay(string body) => AmsAnswer.Pay(Bytes(body), Currency.Eur);

    static GatewayAnswer Inquire(string body) => AmsAnswer.Inquiry(Bytes(body), Id, Currency.Eur);

    static GatewayAnswer Cancel(string body) => AmsAnswer.Cancel(Bytes(body), Id);

    static GatewayAnswer Refunded(string body) => AmsAnswer.Refund(Bytes(body), Refund);

    static GatewayAnswer InquireRefund(string body) => AmsAnswer.RefundInquiry(Bytes(body), Refund.Id);
}
