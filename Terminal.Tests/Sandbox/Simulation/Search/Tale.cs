using Sandbox.Scanner;
using Terminal.Payments;
using Terminal.Payments.Orders;

namespace Sandbox.Simulation.Search;

/// <summary>The small world that is searched: two codes, one amount, a policy with few inquiries and repeats.</summary>
static class Tale
{
    public static readonly Money Amount = new(1000, Currency.Eur);

    /// <summary>What the till says it issued, if not all.</summary>
    public static readonly long Part = Amount.Minor * 2 / 5;

    /// <summary>Fewer rounds than in the field; every kind of round is still there.</summary>
    public static readonly Policy Policy = Policy.Default with
    {
        LastInquiry = TimeSpan.FromSeconds(8),
        LastProgress = TimeSpan.FromSeconds(8),
        AnswerDue = TimeSpan.FromSeconds(14),
        AnswerLimit = TimeSpan.FromSeconds(14.5),
        MaxRepeats = 1,
        MaxRelapses = 1,
        MaxUnresolved = 2,
    };

    static readonly TimeSpan Expiry = TimeSpan.FromSeconds(60);

    public static Position Begin(Bounds bounds) => ReturnTale.Sell(
        new(DeskState.Empty, new(TimeSpan.TicksPerHour), [], [], [], [])
        {
            Orders = bounds.Orders,
            ReturnOrders = bounds.Returns,
            Faults = bounds.Faults,
        },
        bounds.Shared ?? []);

    /// <summary>The order that the loop makes of a 06 01, its code looked up.</summary>
    public static SaleOrder Order(Position scene, string? code)
    {
        var number = scene.Journal.Length + 1;
        var sale = new Sale(new($"P{number}"), number, number, Amount, "", default, Expiry);
        return code is null
            ? new(sale, null, null) { HearsProgress = true }
            : new(sale, Shown(scene, code), Earlier(scene, code));
    }

    /// <summary>What our own scanner reads, looked up.</summary>
    public static DeskInput.Scanned Scan(Position scene, string code) => new(Shown(scene, code), Earlier(scene, code));

    static PaymentCode Shown(Position scene, string code) => Codes.Of(code, code, scene.Now);

    static Transaction? Earlier(Position scene, string code) =>
        scene.Desk.FindByCode(code) ??
        scene.Journal.LastOrDefault(t => t.Order is Sale sale && sale.Fingerprint == code);
}
