using Sandbox.Demo;
using Sandbox.Ecr;

namespace Sandbox.KillTest;

/// <summary>
/// Round after round in one shop: a payment, a <c>kill -9</c> in the middle of it, a restart, 06 20; then the books of
/// till, gateway and journal must agree.
/// </summary>
sealed class KillTrial(TextWriter to, BookingModel model, int seed)
{
    const int MostUnresolved = 3; // The terminal refuses new payments at 5.
    const int Declined = 550, Approved = 1000;

    /// <summary>A payment that the gateway never heard of is only concluded after two minutes and some.</summary>
    static readonly TimeSpan Patience = TimeSpan.FromMinutes(4);

    readonly Random dice = new(seed);
    readonly Dictionary<Aim, int> hits = Enum.GetValues<Aim>().ToDictionary(a => a, _ => 0);
    int codes;

    public int Rounds { get; private set; }

    public int Disagreements { get; private set; }

    /// <summary>How many kills met their moment.</summary>
    public IReadOnlyDictionary<Aim, int> Hits => hits;

    public async Task RunAsync(string folder, int rounds)
    {
        await using var shop = await Shop.OpenAsync(folder, model);
        await StartAsync(shop);
        shop.Till.Register();
        await Task.Run(() => shop.Till.Pay(Approved, NextCode())); // From now on there is something to ask for.
        for (; Rounds < rounds; Rounds++)
        {
            var aim = (Aim)(Rounds % hits.Count);
            try
            {
                await PlayAsync(shop, aim);
            }
            catch (TimeoutException e)
            {
                Disagreements++;
                to.WriteLine($"round {Rounds}, {aim}: {e.Message}: {string.Join("; ", ThreeBooks.Compare(shop))}");
                return; // What comes next would only be mixed up with this.
            }
        }
        shop.Service.Stop();
    }

    async Task PlayAsync(Shop shop, Aim aim)
    {
        await WaitAsync("no more than a few payments are unresolved", () => Unresolved(shop) <= MostUnresolved);
        var cents = aim == Aim.Random && dice.Next(5) == 0 ? Declined : Approved + dice.Next(1, 40);
        var strike = new Strike(shop, aim, dice);
        await using (strike)
        {
            await Task.Run(() => shop.Till.Pay(cents, NextCode()));
        }
        hits[aim] += strike.WasInTime ? 1 : 0;
        await StartAsync(shop);
        await WaitAsync("the till knows the last result", () =>
            shop.Till.Resynchronise() is { Status: not null } and ({ Completed: true } or { AbortCode: not null }));
        await WaitAsync("the books agree", () => ThreeBooks.Compare(shop).Count == 0);
    }

    static async Task StartAsync(Shop shop)
    {
        shop.Service.Start();
        await shop.ReadyAsync();
    }

    static int Unresolved(Shop shop)
    {
        const string Label = "unresolved: ";
        var line = shop.Service.Ask("status")?.Split('\n')
            .FirstOrDefault(l => l.StartsWith(Label, StringComparison.Ordinal));
        return line is null ? int.MaxValue : int.Parse(line[Label.Length..].Split(',')[0]);
    }

    static Task WaitAsync(string what, Func<bool> isSo) => Shop.UntilAsync(what, isSo, 100, Patience);

    /// <summary>An Alipay-like code, never the same twice, that asks nothing special of the gateway.</summary>
    string NextCode() => $"28{DateTime.UtcNow.Ticks % 100_000_000:D8}{++codes:D6}11";
}
