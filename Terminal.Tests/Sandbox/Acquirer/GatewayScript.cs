namespace Sandbox.Acquirer;

/// <summary>Maps amounts to behaviours of the simulated gateway.</summary>
public static class GatewayScript
{
    static readonly Behaviour Approves = new(0, "approves");

    public static readonly IReadOnlyList<Behaviour> All =
    [
        new(50, "declines: balance") { Declines = "USER_BALANCE_NOT_ENOUGH" },
        new(51, "declines: code") { Declines = "INVALID_CODE" },
        new(52, "declines: limit") { Declines = "PAYMENT_AMOUNT_EXCEED_LIMIT" },
        new(53, "declines: wallet not enabled") { Declines = "UNAVAILABLE_PAYMENT_METHOD" },
        new(54, "declines: risk") { Declines = "RISK_REJECT" },
        new(55, "declines with a code that nobody knows") { Declines = "SOMETHING_NEW" },
        new(56, "takes the money and answers REPEAT_REQ_INCONSISTENT") { Misleads = "REPEAT_REQ_INCONSISTENT" },
        new(57, "declines: balance, signed two minutes ago")
        {
            Declines = "USER_BALANCE_NOT_ENOUGH",
            Skew = TimeSpan.FromMinutes(-2),
        },
        new(58, "takes the money and declines: balance") { Misleads = "USER_BALANCE_NOT_ENOUGH" },
        new(59, "declines: code; afterwards it knows no such payment") { Declines = "INVALID_CODE", Forgets = true },
        new(60, "approves, answers pay after 8 s") { AnswersAfter = Seconds(8) },
        new(61, "approves, answers pay after 12 s") { AnswersAfter = Seconds(12) },
        new(62, "approves, answers pay after 40 s") { AnswersAfter = Seconds(40) },
        new(63, "stays PROCESSING until the payment expires") { PaidAfter = null },
        new(64, "PROCESSING, paid after 4 s") { PaidAfter = Seconds(4) },
        new(65, "PROCESSING, paid after 10 s") { PaidAfter = Seconds(10) },
        new(66, "PROCESSING, paid after 24 s") { PaidAfter = Seconds(24) },
        new(67, "PROCESSING, paid after 40 s") { PaidAfter = Seconds(40) },
        new(70, "loses the pay request") { Fault = WireFault.DropRequest },
        new(71, "approves, loses the pay answer") { Fault = WireFault.DropAnswer },
        new(72, "approves, pay answer unsigned") { Fault = WireFault.NoSignature },
        new(73, "approves, pay answer signed with another key") { Fault = WireFault.WrongKey },
        new(74, "approves, pay answer names another payment") { Fault = WireFault.OtherId },
        new(75, "approves, pay answer names another amount") { Fault = WireFault.OtherAmount },
        new(76, "approves, pay answer names another currency") { Fault = WireFault.OtherCurrency },
        new(77, "approves, answers pay by an HTML page") { Fault = WireFault.Html },
        new(78, "approves, answers pay by 502") { Fault = WireFault.BadGateway },
        new(79, "approves, pay answer one byte per second") { Fault = WireFault.SlowBody },
        new(80, "approves, pay answer of 100 MB") { Fault = WireFault.HugeBody },
        new(81, "approves, clock 10 min ahead") { Skew = TimeSpan.FromMinutes(10) },
        new(82, "approves, clock 10 min behind") { Skew = TimeSpan.FromMinutes(-10) },
        new(83, "paid after 1 s, status spelled Success") { PaidAfter = Seconds(1), OddCase = true },
        new(84, "approves, answers pay by a redirect") { Fault = WireFault.Redirect },
        new(85, "approves, pay answer altered on the way") { Fault = WireFault.Altered },
        new(86, "approves, signature of pay names no key version") { Fault = WireFault.NoKeyVersion },
        new(90, "PROCESSING; first cancel unclear") { PaidAfter = null, UnclearCancels = 1 },
        new(91, "PROCESSING; six cancels unclear") { PaidAfter = null, UnclearCancels = 6 },
        new(92, "pay arrives 30 s late") { ArrivesAfter = Seconds(30), Fault = WireFault.DropAnswer },
        new(93, "approves; cancel says done and is not") { LyingCancel = true },
        new(94, "approves; too late for a cancel") { RefusesCancel = "CANCEL_WINDOW_EXCEED" },
        new(95, "like 94; two refunds unclear") { RefusesCancel = "CANCEL_WINDOW_EXCEED", UnclearRefunds = 2 },
        new(96, "like 94; first refund fails") { RefusesCancel = "CANCEL_WINDOW_EXCEED", FailingRefunds = 1 },
        new(97, "like 94; 99 refunds fail") { RefusesCancel = "CANCEL_WINDOW_EXCEED", FailingRefunds = 99 },
        new(98, "approves; refuses the cancel") { RefusesCancel = "PROCESS_FAIL" },
        new(99, "PROCESSING; every cancel unclear") { PaidAfter = null, UnclearCancels = int.MaxValue },
    ];

    static readonly Dictionary<int, Behaviour> ByCents = All.ToDictionary(b => b.Cents);

    /// <param name="minor">Amount in cents.</param>
    /// <param name="code">The payment code; its last two digits win over the amount's if 000 precedes them.</param>
    public static Behaviour For(long minor, string code)
    {
        var byCode = code.Length >= 5 && code[^5..^2] == "000";
        var chosen = byCode && int.TryParse(code[^2..], out var n) ? n : (int)(minor % 100);
        return ByCents.GetValueOrDefault(chosen, Approves);
    }

    /// <summary>The table for people.</summary>
    public static string Describe() => string.Join('\n',
        new[] { "last two digits of the amount in cents (or of a code that ends in 000nn):" }
            .Concat(All.Select(b => $"  {b.Cents:D2}  {b.Does}"))
            .Append("  any other: approves"));

    static TimeSpan Seconds(int seconds) => TimeSpan.FromSeconds(seconds);
}
