using Sandbox.Ecr;
using Terminal.Ecr.Messages;
using static Sandbox.Acceptance.Rig;

namespace Sandbox.Acceptance;

/// <summary>Payments on a line that holds.</summary>
static class PaymentScenarios
{
    const long Price = 1234, ManyDles = 1010, NoFunds = 550, NeverPaid = 2063;

    static readonly TimeSpan T3 = TimeSpan.FromSeconds(5);

    public static readonly IReadOnlyList<Scenario> All =
    [
        new("approved", Lines.Both, "27 00, amount and receipt told, 06 0F; gateway and till have it",
            ApprovedAsync) { IsQuick = true },
        new("dle-doubling", Lines.Both, "EUR 10.10 arrives, is charged and is told as EUR 10.10",
            DoublingAsync) { IsQuick = true },
        new("declined", Lines.Both,
            "27 71 and 06 1E 71 with a text; nobody has money", DeclinedAsync) { IsQuick = true },
        new("scanned-by-the-terminal", Lines.Both, "no code in the order; 04 FF until the customer shows it",
            ScannedAsync) { IsQuick = true },
        new("abort-before-the-code", Lines.Both, "06 B0: 80 00 00, then 27 6C and 06 1E 6C; nothing charged",
            AbortedAsync) { IsQuick = true },
        new("abort-while-the-wallet-asks", Lines.Both, "06 B0 after submission: cancelled at the gateway, 27 6C",
            AbortedLateAsync),
        new("busy", Lines.Both, "second order: 84 A0; 05 01: 9C; the payment goes on", BusyAsync) { IsQuick = true },
        new("customer-never-comes", Lines.Both,
            "04 FF at least every 10 s keeps T4 running; after 40 s 27 6C, 06 1E 6C",
            NobodyAsync),
        new("wallet-never-answers", Lines.Both, "the answer comes within 30 s, cancelled at the gateway",
            SilentAsync),
        new("four-minute-timer", Lines.Both,
            "the longest payment, without 04 FF, ends long before T4; silent for 4 minutes, then the next sale goes",
            FourMinutesAsync),
    ];

    static async Task ApprovedAsync(Rig rig)
    {
        var result = await rig.PayAsync(Price, rig.NextCode());
        MustBePaid(result, Price);
        await rig.BooksAsync(Price, Price);
    }

    static async Task DoublingAsync(Rig rig)
    {
        var doubled = 0;
        if (rig.Wire is { } wire)
        {
            wire.Spoil = block =>
            {
                doubled += block is [Octets.Dle, Octets.Stx, 0x06, 0x01, ..] && block.AsSpan(2).IndexOf(
                    (byte[])[Octets.Dle, Octets.Dle, Octets.Dle, Octets.Dle]) >= 0 ? 1 : 0;
                return block;
            };
        }
        var result = await rig.PayAsync(ManyDles, rig.NextCode());
        rig.Wire?.Spoil = null;
        Must(rig.IsTcp || doubled == 1, "both 10 of the amount were doubled on the line");
        MustBePaid(result, ManyDles);
        await rig.BooksAsync(ManyDles, ManyDles);
    }

    static async Task DeclinedAsync(Rig rig)
    {
        var result = await rig.PayAsync(NoFunds, rig.NextCode());
        const byte Code = ResultCode.InsufficientFunds;
        Must(result is { Result: Code, AbortCode: Code, Completed: false }, "27 71 and 06 1E 71");
        Must(result.Text.Length > 0, "a text for the cashier");
        await rig.BooksAsync(0, 0);
    }

    static async Task ScannedAsync(Rig rig)
    {
        var hints = 0;
        rig.Till.Intermediate = _ => hints++;
        Must(rig.Till.Register(wantsProgress: true).Completed, "registered for 04 FF");
        var pay = rig.PayAsync(Price, null);
        await rig.AwaitingCodeAsync();
        rig.Scan();
        MustBePaid(await pay, Price);
        rig.Till.Intermediate = null;
        Must(hints > 0, "04 FF came");
        await rig.BooksAsync(Price, Price);
    }

    static async Task AbortedAsync(Rig rig)
    {
        Must(rig.Till.Begin(Orders.Pay(Price, null)) is { IsPositive: true }, "order taken");
        await rig.AwaitingCodeAsync();
        Must(rig.Till.Begin(Telegram.Of(Command.Abort)) is { IsPositive: true }, "abort taken");
        MustBeAborted(rig.Till.Follow());
        await rig.BooksAsync(0, 0);
        Must(rig.Charges == 0, "the gateway never heard of it");
    }

    static async Task AbortedLateAsync(Rig rig)
    {
        Must(rig.Till.Begin(Orders.Pay(NeverPaid, rig.NextCode())) is { IsPositive: true }, "order taken");
        await Demo.Shop.UntilAsync("the gateway has the payment", () => rig.Charges == 1);
        Must(rig.Till.Begin(Telegram.Of(Command.Abort)) is { IsPositive: true }, "abort taken");
        MustBeAborted(await Task.Run(rig.Till.Follow));
        await rig.BooksAsync(0, 0);
    }

    static async Task BusyAsync(Rig rig)
    {
        Must(rig.Till.Begin(Orders.Pay(Price, null)) is { IsPositive: true }, "order taken");
        await rig.AwaitingCodeAsync();
        Must(rig.Till.Begin(Orders.Pay(Price, null)) is { Command: 0x8400 | ResultCode.Busy }, "84 A0");
        Must(rig.Till.Begin(Telegram.Of(Command.Status, "000000 03 02")) is { IsPositive: true }, "05 01 taken");
        Must(rig.Cable.Receive(T3) is { Command: Command.Completion, Data: [ResultCode.PleaseWait] }, "06 0F 9C");
        Must(rig.Cable.Send(Telegram.Yes), "acknowledged");
        rig.Scan();
        MustBePaid(await Task.Run(rig.Till.Follow), Price);
        Must(rig.Charges == 1, "one payment at the gateway");
        await rig.BooksAsync(Price, Price);
    }

    static async Task NobodyAsync(Rig rig)
    {
        Must(rig.Till.Register(wantsProgress: true).Completed, "registered for 04 FF");
        var longest = WatchSilence(rig);
        MustBeAborted(await rig.PayAsync(Price, null));
        MustBeShorter(longest(), TimeSpan.FromSeconds(12));
        await rig.BooksAsync(0, 0);
    }

    static async Task SilentAsync(Rig rig)
    {
        var since = DateTime.UtcNow;
        var result = await rig.PayAsync(NeverPaid, rig.NextCode());
        Must(DateTime.UtcNow - since < TimeSpan.FromSeconds(31), "answered within 30 s");
        Must(result is { Result: not (null or 0), AbortCode: not null, Completed: false }, "told as not paid");
        await rig.BooksAsync(0, 0);
    }

    /// <summary>
    /// A payment here takes 40 s for the code and 30 s for the wallet, so a till never has to wait 4 minutes in one.
    /// Between two it may.
    /// </summary>
    static async Task FourMinutesAsync(Rig rig)
    {
        var longest = WatchSilence(rig);
        var pay = rig.PayAsync(NeverPaid, null);
        await rig.AwaitingCodeAsync();
        await PauseAsync(37);
        rig.Scan();
        Must(await pay is { Result: not (null or 0), AbortCode: not null, Completed: false }, "told as not paid");
        MustBeShorter(longest(), TimeSpan.FromSeconds(72));
        await rig.BooksAsync(0, 0);
        await PauseAsync(4 * 60);
        MustBePaid(await rig.PayAsync(Price, rig.NextCode()), Price);
        await rig.BooksAsync(Price, Price);
    }

    /// <returns>Tells the longest time between two messages of the terminal since now.</returns>
    static Func<TimeSpan> WatchSilence(Rig rig)
    {
        var (last, longest) = (DateTime.UtcNow, TimeSpan.Zero);
        rig.Till.Answers = _ =>
        {
            var now = DateTime.UtcNow;
            (longest, last) = (now - last > longest ? now - last : longest, now);
            return true;
        };
        return () => longest;
    }

    static void MustBeShorter(TimeSpan silence, TimeSpan limit) => Must(
        silence < limit, $"no silence of {limit.TotalSeconds:0} s (longest {silence.TotalSeconds:0.0} s)");

    public static void MustBePaid(TillResult result, long cents)
    {
        Must(result is { Result: 0, Completed: true }, "27 00 and 06 0F");
        Must(result.Amount == cents, $"04 0F tells {cents} cents");
        Must(result.Receipt > 0, "a receipt number");
    }

    public static void MustBeAborted(TillResult result) => Must(
        result is { Result: ResultCode.Aborted, AbortCode: ResultCode.Aborted, Completed: false },
        "27 6C and 06 1E 6C");
}
