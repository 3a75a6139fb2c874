using Terminal.Payments;

namespace Sandbox.Simulation;

/// <summary>The small world that is searched: two codes, one amount, a policy with few inquiries and repeats.</summary>
static class Tale
{
    public static readonly Money Amount = new(1000, Currency.Eur);

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

    public static Scene Begin(int orders, int faults) =>
        new(DeskState.Empty, new(TimeSpan.TicksPerHour), [], [], [], []) { Orders = orders, Faults = faults };

    /// <summary>The order that the loop makes of a 06 01, its code looked up.</summary>
    public static Order Order(Scene scene, string code)
    {
        var number = scene.Journal.Length + 1;
        var sale = new Sale(new($"P{number}"), number, number, Amount, "", default, Expiry);
        var earlier = scene.Desk.FindByCode(code) ?? scene.Journal.LastOrDefault(t => t.Sale.Fingerprint == code);
        return new(sale, new PaymentCode(code, code, scene.Now), earlier);
    }
}
