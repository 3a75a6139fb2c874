using System.Diagnostics;
using Sandbox.Ecr;
using Terminal.Payments;
using Terminal.Payments.Charges;

namespace Sandbox.Demo;

/// <summary>
/// <c>demo</c>: plays the scenes against the real service and compares the books of till, gateway and journal.
/// </summary>
static class DemoVerb
{
    public static Verb Verb { get; } = new(
        "demo", "payments that go right and wrong, and three books that must agree", RunAsync)
    {
        Options = [("--book-on-completion", "the till books a sale with 06 0F; without it with 04 0F")],
        JudgesTheService = true,
        Example = "--book-on-completion",
        LastLine = "how many payments were approved and not charged; \"books agree\" if till, gateway and journal do",
    };

    public static async Task<int> RunAsync(string[] args)
    {
        if (args is not ([] or ["--book-on-completion"]))
        {
            return 64;
        }
        var program = JudgedProgram.Describe();
        var window = new Window(Console.Out, !Console.IsOutputRedirected && Console.WindowHeight >= 24);
        var folder = Directory.CreateTempSubdirectory("terminal-demo-").FullName;
        var model = args.Length == 0 ? BookingModel.OnStatus : BookingModel.OnCompletion;
        window.Open();
        window.Say($"everything of this run is in {folder}; the till books {model}; terminal {program}");
        await using var shop = await Shop.OpenAsync(folder, model);
        var clock = Stopwatch.StartNew();
        shop.Printed = text => window.Take(text);
        shop.Stored = e => window.Say($"    head office: {e.Sequence} {e.Kind}");
        shop.Service.Start();
        await shop.ReadyAsync();
        shop.Till.Register();
        foreach (var scene in Scene.All)
        {
            window.Say($"[{clock.Elapsed.TotalSeconds,5:0.0} s] {scene.Name}");
            await scene.Play(shop);
            window.ShowOnce();
        }
        await shop.SettledAsync();
        await shop.SyncedAsync();
        window.Close();
        var status = shop.Service.Stop();
        return Judge(shop, status == 0);
    }

    /// <summary>
    /// The three books side by side. They agree when each payment is either paid in all three or in none.
    /// </summary>
    static int Judge(Shop shop, bool stopped)
    {
        var copy = shop.ReadJournal();
        var journal = copy.Transactions;
        var (approved, notCharged, unresolved, disagree) = (0, 0, 0, stopped ? 0 : 1);
        Console.WriteLine();
        Console.WriteLine($"{"scene",-46}{"till",-12}{"gateway",-12}journal");
        for (var i = 0; i < Math.Max(journal.Count, Scene.All.Count); i++)
        {
            var t = i < journal.Count ? journal[i] : null;
            var name = i < Scene.All.Count ? Scene.All[i].Name : "?";
            var till = t is null ? 0 : shop.Till.Booked.GetValueOrDefault(t.Order.Receipt);
            var gateway = t is null ? 0 : shop.CapturedOf(t.Order.Id.Value);
            var paid = t is { Payment: PaymentState.Paid } ? t.Order.Worth.Minor : 0;
            var agree = t is not null && till == gateway && gateway == paid;
            approved += agree && paid > 0 ? 1 : 0;
            notCharged += agree && paid == 0 ? 1 : 0;
            unresolved += t?.IsUnresolved == true ? 1 : 0;
            disagree += agree ? 0 : 1;
            Console.WriteLine(
                $"{name,-46}{Cents(till),-12}{Cents(gateway),-12}{Describe(t)}{(agree ? "" : "   <-- disagree")}");
        }
        var good = disagree == 0 && unresolved == 0 && copy.Stored == copy.Entries;
        Console.WriteLine();
        Console.WriteLine(
            $"demo: approved {approved}, not charged {notCharged}, unresolved {unresolved}, " +
            $"books {(disagree == 0 ? "agree" : "DISAGREE")}, journal {copy.Stored}/{copy.Entries} acknowledged");
        return good ? 0 : 1;
    }

    static string Cents(long cents) => cents == 0 ? "-" : new Money(cents, Currency.Eur).ToString();

    static string Describe(Transaction? t) =>
        t is null ? "nothing" : $"{t.Payment.GetType().Name}, till: {t.Delivery.GetType().Name}";
}
