using Sandbox.Acquirer;

namespace Terminal.Tests.Acquirer;

/// <summary>The simulated gateway must keep a true book: the money promises are checked against it.</summary>
public sealed class GatewayBookTests
{
    static readonly DateTimeOffset Start = new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);

    readonly GatewayBook book = new();

    [Fact]
    public void The_same_pay_request_takes_money_once()
    {
        var first = Pay("P1", 1200);
        Assert.Equal("S", first.Status);
        Assert.Equal(first, Pay("P1", 1200));
        Assert.Equal((2, 1200), (book.PayRequests("P1"), Captured("P1", 0)));
        Assert.Equal("REPEAT_REQ_INCONSISTENT", Pay("P1", 1300).Code);
        Assert.Equal(1200, Captured("P1", 0));
    }

    [Fact]
    public void A_cancelled_payment_is_never_charged_later()
    {
        Pay("P1", 1267);
        Assert.Equal("S", book.Cancel("P1", Start.AddSeconds(25)).Status);
        Assert.Equal((0, "CANCELLED"), (Captured("P1", 41), book.Inquire("P1", Start.AddSeconds(41)).Found));
        Assert.Equal("ORDER_IS_CLOSED", book.Pay(Order("P1", 1267), Start.AddSeconds(42)).Code);
    }

    [Fact]
    public void A_late_success_charges_unless_the_payment_expired_before()
    {
        Pay("P1", 1267);
        book.Pay(Order("P2", 1267) with { Expires = Start.AddSeconds(30) }, Start);
        Assert.Equal((0, 0), (Captured("P1", 39), Captured("P2", 39)));
        Assert.Equal((1267, 0), (Captured("P1", 40), Captured("P2", 40)));
        Assert.Equal("FAIL", book.Inquire("P2", Start.AddSeconds(40)).Found);
    }

    [Fact]
    public void A_cancel_of_a_paid_payment_returns_all_of_it()
    {
        Pay("P1", 1200);
        Assert.Equal("S", book.Cancel("P1", Start).Status);
        Assert.Equal(0, Captured("P1", 0));
        Assert.Equal("ORDER_STATUS_INVALID", Refund("R1", 1200).Code);
    }

    [Fact]
    public void Refunds_never_exceed_what_was_taken()
    {
        Pay("P1", 1200);
        Assert.Equal("S", Refund("R1", 700).Status);
        Assert.Equal("S", Refund("R1", 700).Status);
        Assert.Equal("REPEAT_REQ_INCONSISTENT", Refund("R1", 500).Code);
        Assert.Equal("REFUND_AMOUNT_EXCEED", Refund("R2", 501).Code);
        Assert.Equal("S", Refund("R3", 500).Status);
        Assert.Equal(0, Captured("P1", 0));
        Assert.Equal("PROCESS_FAIL", book.Cancel("P1", Start).Code);
    }

    [Fact]
    public void The_code_chooses_the_behaviour_before_the_amount()
    {
        Assert.Equal(50, GatewayScript.For(1263, "280000000000000050").Cents);
        Assert.Equal(63, GatewayScript.For(1263, "288888888888888850").Cents);
        Assert.Equal("approves", GatewayScript.For(1200, "288888888888888888").Does);
    }

    [Fact]
    public void Every_behaviour_is_in_the_printed_table() => Assert.All(
        GatewayScript.All, b => Assert.Contains($"{b.Cents}  {b.Does}\n", GatewayScript.Describe()));

    [Fact]
    public void An_order_prints_without_its_code() => Assert.DoesNotContain("2888", Order("P1", 1200).ToString());

    BookReply Pay(string id, long minor) => book.Pay(Order(id, minor), Start);

    BookReply Refund(string id, long minor) =>
        book.Refund(new(id, book.Find("P1")!.GatewayId, minor, "EUR"), Start);

    long Captured(string id, int seconds) => book.Find(id)!.CapturedAt(Start.AddSeconds(seconds));

    static PayOrder Order(string id, long minor) => new(id, minor, "EUR", "288888888888888888", null);
}
