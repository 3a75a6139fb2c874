using System.Text;
using Terminal.Journal;
using Terminal.Payments;
using Terminal.Payments.Answers;
using Terminal.Payments.Charges;
using Terminal.Payments.Orders;

namespace Terminal.Tests.Journal;

public sealed class FactCodecTests
{
    static readonly Sale Sale = JournalOrders.Sale(1);
    static readonly NotPaid Why = new(NotPaidReason.LimitExceeded, "LIMIT \"Größe\" 限额");
    static readonly RefundPlan Plan = new("G1", 700, 300, Why, 2, 1);

    static readonly (Fact Fact, string Line)[] Beginnings =
    [
        (new Fact.Ordered(Sale with { Fingerprint = "" }), """
            ordered {"receipt":1,"trace":1,"minor":1001,"currency":"EUR","currencyNumber":978,"decimals":2,
            "fingerprint":"","at":1767323045000,"expiry":"00:01:00"}
            """),
        (new Fact.Ordered(Sale with { Fingerprint = "", IsMirrored = true }), """
            ordered {"receipt":1,"trace":1,"minor":1001,"currency":"EUR","currencyNumber":978,"decimals":2,
            "fingerprint":"","at":1767323045000,"expiry":"00:01:00","mirrored":true}
            """),
        (new Fact.Requested(Sale), """
            requested {"receipt":1,"trace":1,"minor":1001,"currency":"EUR","currencyNumber":978,"decimals":2,
            "fingerprint":"00000000000000000000000000000001","at":1767323045000,"expiry":"00:01:00"}
            """),
        (new Fact.Requested(Sale with { Expiry = null }), """
            requested {"receipt":1,"trace":1,"minor":1001,"currency":"EUR","currencyNumber":978,"decimals":2,
            "fingerprint":"00000000000000000000000000000001","at":1767323045000,"expiry":null}
            """),
        (new Fact.Requested(Sale with { IsMirrored = true, GatewayTime = new(1767323046000) }), """
            requested {"receipt":1,"trace":1,"minor":1001,"currency":"EUR","currencyNumber":978,"decimals":2,
            "fingerprint":"00000000000000000000000000000001","at":1767323045000,"expiry":"00:01:00","mirrored":true,
            "gatewayTime":1767323046000}
            """),
        (new Fact.Requested(Sale with { IsIndivisible = true }), """
            requested {"receipt":1,"trace":1,"minor":1001,"currency":"EUR","currencyNumber":978,"decimals":2,
            "fingerprint":"00000000000000000000000000000001","at":1767323045000,"expiry":"00:01:00","indivisible":true}
            """),
    ];

    /// <summary>Each fact as it is written since version 1. A changed line is a changed file format.</summary>
    internal static readonly (Fact Fact, string Line)[] Lines =
    [
        .. Beginnings,
        (new Fact.AbortAsked(), "abort-asked {}"),
        (new Fact.Paid("2026/G+1"), """paid {"gatewayId":"2026/G+1"}"""),
        (new Fact.Failed(Why), """failed {"reason":"LimitExceeded","code":"LIMIT \"Größe\" 限额"}"""),
        (new Fact.Failed(new(default), ToCheck: true), """failed {"reason":"BadCode","code":"","toCheck":true}"""),
        (new Fact.DeclineChecked(), "decline-checked {}"),
        (new Fact.Cancelling(CancelCause.ClosedByGateway), """cancelling {"cause":"ClosedByGateway"}"""),
        (new Fact.CancelAnswered("refused A\u0001B"), """cancel-answered {"answer":"refused A\u0001B"}"""),
        (new Fact.CancelAcknowledged(), "cancel-acknowledged {}"),
        (new Fact.Cancelled(new(NotPaidReason.NoAnswer)), """cancelled {"reason":"NoAnswer","code":""}"""),
        (new Fact.RefundDue(CancelCause.NoAnswer), """refund-due {"cause":"NoAnswer"}"""),
        (new Fact.RefundStarted(new("R1"), Plan), """
            refund-started {"refundId":"R1","gatewayId":"G1","minor":700,"returned":300,"reason":"LimitExceeded",
            "code":"LIMIT \"Größe\" 限额","attempts":2,"ids":1}
            """),
        (new Fact.RefundSettled(new("R1"), Plan), """
            refund-settled {"refundId":"R1","gatewayId":"G1","minor":700,"returned":300,"reason":"LimitExceeded",
            "code":"LIMIT \"Größe\" 限额","attempts":2,"ids":1}
            """),
        (new Fact.RefundRefused(new("R1"), Plan, new(NotPaidReason.Refused, "NO")), """
            refund-refused {"refundId":"R1","gatewayId":"G1","minor":700,"returned":300,"reason":"LimitExceeded",
            "code":"LIMIT \"Größe\" 限额","attempts":2,"ids":1,"refusal":"NO"}
            """),
        (new Fact.ReturnRequested(JournalOrders.Return(1, 2) with { GatewayTime = new(1767323046000) }), """
            return-requested {"kind":"Refund","receipt":1,"trace":1,"at":1767323045000,"gatewayTime":1767323046000,
            "minor":1002,"currency":"EUR","currencyNumber":978,"decimals":2,"ofPayment":"PAYMENT0000000000000000002",
            "gatewayId":"G1","ofReceipt":2,"ofTrace":2}
            """),
        (new Fact.Returned(), "returned {}"),
        (new Fact.NotReturned(Why), """not-returned {"reason":"LimitExceeded","code":"LIMIT \"Größe\" 限额"}"""),
        (new Fact.PeriodClosed(JournalOrders.EndOfDay(1)), """
            period-closed {"receipt":1,"trace":1,"at":1767323045000,"minor":100,"currency":"EUR","currencyNumber":978,
            "decimals":2,"salesCount":3,"salesMinor":400,"reversalsCount":1,"reversalsMinor":200,"refundsCount":2,
            "refundsMinor":100,"firstReceipt":4,"lastReceipt":8,"unresolved":1,"entries":40,"stored":38}
            """),
        (new Fact.PeriodClosed(JournalOrders.Balanced(1) with { GatewayTime = new(1767323046000) }), """
            period-closed {"receipt":1,"trace":1,"at":1767323045000,"gatewayTime":1767323046000,
            "minor":100,"currency":"EUR","currencyNumber":978,"decimals":2,"salesCount":3,"salesMinor":400,
            "reversalsCount":1,"reversalsMinor":200,"refundsCount":2,"refundsMinor":100,"firstReceipt":4,
            "lastReceipt":8,"unresolved":1,"entries":40,"stored":38,"gatewayMinor":-20,"headOfficeMinor":90,
            "openCount":1,"openMinor":50,"beforeMinor":170}
            """),
        (new Fact.NeedsAttention(Why, "odd"), """
            needs-attention {"reason":"LimitExceeded","code":"LIMIT \"Größe\" 限额","problem":"odd"}
            """),
        (new Fact.Resolved("Kim", ""), """resolved {"by":"Kim","note":""}"""),
        (new Fact.Offered(new Outcome.Approved("G1")), """offered {"outcome":"approved","gatewayId":"G1"}"""),
        (new Fact.Offered(new Outcome.Rejected(Why)), """
            offered {"outcome":"rejected","reason":"LimitExceeded","code":"LIMIT \"Größe\" 限额"}
            """),
        (new Fact.Offered(new Outcome.NotConfirmed()), """offered {"outcome":"not-confirmed"}"""),
        (new Fact.Acknowledged(), "acknowledged {}"),
        (new Fact.Acknowledged(500), """acknowledged {"delivered":500}"""),
        (new Fact.Completed(), "completed {}"),
        (new Fact.AcknowledgedLate(), "acknowledged-late {}"),
        (new Fact.Withdrawn(), "withdrawn {}"),
    ];

    [Fact]
    public void Every_fact_is_written_as_it_always_was_and_read_back()
    {
        foreach (var (fact, line) in Lines)
        {
            var (kind, body) = FactCodec.Encode(fact);

            Assert.Equal(line.Replace("\n", ""), $"{kind} {Encoding.UTF8.GetString(body)}");
            Assert.Equal(fact, FactCodec.Decode(Entry(kind, body)));
        }
    }

    [Fact]
    public void No_fact_and_no_outcome_is_left_out_above()
    {
        Assert.Equal(typeof(Fact).GetNestedTypes().ToHashSet(), Lines.Select(l => l.Fact.GetType()).ToHashSet());
        Assert.Equal(
            typeof(Outcome).GetNestedTypes().ToHashSet(),
            Lines.Select(l => l.Fact).OfType<Fact.Offered>().Select(f => f.Outcome.GetType()).ToHashSet());
    }

    [Fact]
    public void Every_cause_and_every_reason_is_read_back()
    {
        foreach (var cause in Enum.GetValues<CancelCause>())
        {
            AssertKept(new Fact.Cancelling(cause));
        }
        foreach (var reason in Enum.GetValues<NotPaidReason>())
        {
            AssertKept(new Fact.Failed(new(reason)));
        }
    }

    [Fact]
    public void The_largest_numbers_are_read_back()
    {
        AssertKept(new Fact.Requested(Sale with
        {
            Amount = new(long.MaxValue, new("JPY", 392, 0)),
            At = new(DateTimeOffset.MinValue.ToUnixTimeMilliseconds()),
            Expiry = TimeSpan.MaxValue,
        }));
    }

    [Fact]
    public void Text_for_people_is_cut_and_the_worst_of_it_fits_into_an_entry()
    {
        var endless = new string('\u0001', 100_000);

        var (kind, body) = FactCodec.Encode(new Fact.NeedsAttention(new(NotPaidReason.Refused, endless), endless));

        Assert.InRange(body.Length, 2 * FactCodec.MaxText, Terminal.Journal.Entry.MaxBody);
        var read = Assert.IsType<Fact.NeedsAttention>(FactCodec.Decode(Entry(kind, body)));
        Assert.Equal(new string('\u0001', FactCodec.MaxText), read.Problem);
    }

    [Fact]
    public void The_largest_refund_fits_into_an_entry()
    {
        var worst = new string('\u0001', FactCodec.MaxText);

        var why = new NotPaid(NotPaidReason.InsufficientFunds, worst);
        var plan = new RefundPlan(worst, long.MaxValue, long.MaxValue, why, int.MaxValue, int.MaxValue);

        var (_, body) = FactCodec.Encode(new Fact.RefundStarted(new(worst), plan));

        Assert.InRange(body.Length, 0, Terminal.Journal.Entry.MaxBody);
    }

    [Fact]
    public void An_id_is_never_cut()
    {
        Assert.Throws<ArgumentOutOfRangeException>(
            () => FactCodec.Encode(new Fact.Paid(new string('G', FactCodec.MaxText + 1))));
    }

    [Theory]
    [InlineData("paid", "")]
    [InlineData("paid", "null")]
    [InlineData("paid", "[]")]
    [InlineData("paid", "{}")]
    [InlineData("paid", """{"gatewayId":null}""")]
    [InlineData("paid", """{"gatewayId":7}""")]
    [InlineData("paid", """{"gatewayId":{"a":{"b":{}}}}""")]
    [InlineData("paid", """{"gatewayId":"G","gatewayId":"G"}""")]
    [InlineData("paid", """{"gatewayId":"G","more":1}""")]
    [InlineData("paid", """{"gatewayId":"G"} {}""")]
    [InlineData("paid", """{"gatewayid":"G"}""")]
    [InlineData("Paid", """{"gatewayId":"G"}""")]
    [InlineData("approved", "{}")]
    [InlineData("withdrawn", """{"why":""}""")]
    [InlineData("cancelling", """{"cause":"1"}""")]
    [InlineData("cancelling", """{"cause":"noanswer"}""")]
    [InlineData("cancelling", """{"cause":"NoAnswer, Aborted"}""")]
    [InlineData("cancelling", """{"cause":" NoAnswer"}""")]
    [InlineData("offered", """{"outcome":"perhaps"}""")]
    [InlineData("offered", """{"outcome":"not-confirmed","gatewayId":"G"}""")]
    public void A_body_that_was_never_written_names_its_entry(string kind, string body)
    {
        var entry = Entry(kind, Encoding.UTF8.GetBytes(body));

        var e = Assert.Throws<JournalFailedException>(() => FactCodec.Decode(entry));

        Assert.Contains("entry 42", e.Message);
        Assert.Contains(kind, e.Message);
    }

    [Fact]
    public void A_body_that_is_too_long_is_not_even_parsed()
    {
        var body = Encoding.UTF8.GetBytes($$"""{"gatewayId":"{{new string('G', Terminal.Journal.Entry.MaxBody)}}"}""");

        Assert.Throws<JournalFailedException>(() => FactCodec.Decode(Entry("paid", body)));
    }

    [Fact]
    public void Damaged_bodies_are_read_as_something_or_refused_and_nothing_else()
    {
        var random = new Random(20261);
        var refused = 0;
        for (var i = 0; i < 20_000; i++)
        {
            var (kind, body) = FactCodec.Encode(Lines[random.Next(Lines.Length)].Fact);
            for (var n = random.Next(1, 4); n > 0; n--)
            {
                body[random.Next(body.Length)] = (byte)random.Next(256);
            }
            var cut = body[..random.Next(body.Length / 2, body.Length + 1)];
            refused += Record.Exception(() => FactCodec.Decode(Entry(kind, cut))) switch
            {
                null => 0,
                JournalFailedException => 1,
                var other => throw new InvalidOperationException($"round {i}: {Convert.ToHexString(cut)}", other),
            };
        }
        Assert.InRange(refused, 10_000, 19_999);
    }

    static void AssertKept(Fact fact)
    {
        var (kind, body) = FactCodec.Encode(fact);
        Assert.Equal(fact, FactCodec.Decode(Entry(kind, body)));
    }

    static Entry Entry(string kind, byte[] body) => new(42, JournalOrders.Id(1).Value, kind, 0, body, []);
}
