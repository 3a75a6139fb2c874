using Sandbox.Ecr;

namespace Sandbox.Demo;

/// <summary>One thing that happens in a shop.</summary>
/// <param name="Play">Plays it to its end; the shop's books are compared afterwards.</param>
sealed record Scene(string Name, Func<Shop, Task> Play)
{
    const int FinalStatus = 0x040F;

    static int codes;

    public static readonly IReadOnlyList<Scene> All =
    [
        new("approved", shop => PayAsync(shop, 1234)),
        new("approved: scanned by the terminal itself", ScanAsync),
        new("declined: no funds", shop => PayAsync(shop, 0550)),
        new("answer lost after the charge", shop => PayAsync(shop, 0871)),
        new("gateway silent: cancelled before 30 s", shop => PayAsync(shop, 2063)),
        new("cable pulled before 04 0F is acknowledged", PullCableAsync),
        new("process killed before 04 0F is acknowledged", KillAsync),
    ];

    static Task<TillResult> PayAsync(Shop shop, long cents) => Task.Run(() => shop.Till.Pay(cents, NextCode()));

    /// <summary>The till orders without a code; the customer shows it to the terminal's scanner. No button.</summary>
    static async Task ScanAsync(Shop shop)
    {
        var sale = Task.Run(() => shop.Till.Pay(0449, null));
        await Shop.UntilAsync("the terminal waits for a code", () => shop.Says("lane: awaiting a code"));
        shop.Scan(NextCode());
        await sale;
    }

    /// <summary>
    /// The approval is on its way when the cable goes: nobody acknowledges it, so it is withdrawn and returned.
    /// </summary>
    static async Task PullCableAsync(Shop shop)
    {
        shop.Till.Answers = message => message.Command != FinalStatus || !(shop.Cable.CablePulled = true);
        await PayAsync(shop, 0700);
        await Shop.UntilAsync("the terminal takes the approval back", () => shop.Says("till: Withdrawn"));
        shop.Cable.CablePulled = false;
        shop.Till.Answers = _ => true;
        await shop.ResynchroniseAsync();
    }

    /// <summary>
    /// SIGKILL between 04 0F and its acknowledgement; after the restart 06 20 brings till and terminal together.
    /// </summary>
    static async Task KillAsync(Shop shop)
    {
        shop.Till.Answers = message =>
        {
            if (message.Command != FinalStatus)
            {
                return true;
            }
            shop.KillService();
            return false;
        };
        await PayAsync(shop, 0900);
        shop.Till.Answers = _ => true;
        shop.Service.Start();
        await shop.ReadyAsync();
        await shop.ResynchroniseAsync();
    }

    /// <summary>An Alipay-like code, never the same twice.</summary>
    static string NextCode() => $"28{DateTime.UtcNow.Ticks % 100_000_000:D8}{++codes:D6}99";
}
