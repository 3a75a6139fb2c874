using Sandbox.Ecr;
using Terminal.Ecr.Messages;
using static Sandbox.Acceptance.Rig;

namespace Sandbox.Acceptance;

/// <summary>Reversal, refund and end-of-day, on a line that holds and on one that breaks.</summary>
static class ReturnScenarios
{
    const long Price = 1500, Part = 500;

    public static readonly IReadOnlyList<Scenario> All =
    [
        new("reversal", Lines.Both, "06 30 returns all of it; once more: B4", ReversedAsync) { IsQuick = true },
        new("reversal-result-unanswered", Lines.Both,
            "04 0F heard, no 80 00 00: it stands, 06 20 says so, not done twice",
            ReversedInSilenceAsync),
        new("killed-in-the-reversal", Lines.Both,
            "SIGKILL on its 04 0F: it stands, 06 20 says so", ReversedAndKilledAsync),
        new("refund", Lines.Both, "06 31 returns a part; the rest stays", RefundedAsync) { IsQuick = true },
        new("refund-result-unanswered", Lines.Both, "04 0F heard, no 80 00 00: it stands, 06 20 says so",
            RefundedInSilenceAsync),
        new("end-of-day", Lines.Both, "06 50 tells the total of the period; the next begins at nothing",
            ClosedAsync) { IsQuick = true },
        new("end-of-day-result-unanswered", Lines.Both, "04 0F heard, no 80 00 00: closed once, 06 20 tells it",
            ClosedInSilenceAsync),
    ];

    static async Task ReversedAsync(Rig rig)
    {
        var receipt = await PaidAsync(rig);
        MustBeReturned(await Task.Run(() => rig.Till.Reverse(receipt)), Price);
        await rig.BooksAsync(0, Price);
        var again = rig.Till.Reverse(receipt);
        Must(again is { Result: ResultCode.AlreadyReversed, Completed: false }, "B4 the second time");
        await rig.BooksAsync(0, Price);
    }

    static async Task ReversedInSilenceAsync(Rig rig)
    {
        var receipt = await PaidAsync(rig);
        await InSilenceAsync(rig, () => rig.Till.Reverse(receipt));
        MustBeReturned(await rig.ResyncAsync(), Price);
        await rig.BooksAsync(0, Price);
    }

    static async Task ReversedAndKilledAsync(Rig rig)
    {
        var receipt = await PaidAsync(rig);
        rig.Till.Answers = message =>
        {
            if (message.Command == Command.StatusInformation)
            {
                rig.Kill();
                return false;
            }
            return true;
        };
        await Task.Run(() => rig.Till.Reverse(receipt));
        rig.Cable.Mend();
        rig.Till.Answers = _ => true;
        await rig.StartAsync();
        MustBeReturned(await rig.ResyncAsync(), Price);
        await rig.BooksAsync(0, Price);
    }

    static async Task RefundedAsync(Rig rig)
    {
        var receipt = await PaidAsync(rig);
        MustBeReturned(await Task.Run(() => rig.Till.Refund(receipt, Part)), Part);
        await rig.BooksAsync(Price - Part, Price);
    }

    static async Task RefundedInSilenceAsync(Rig rig)
    {
        var receipt = await PaidAsync(rig);
        await InSilenceAsync(rig, () => rig.Till.Refund(receipt, Part));
        MustBeReturned(await rig.ResyncAsync(), Part);
        await rig.BooksAsync(Price - Part, Price);
    }

    static async Task ClosedAsync(Rig rig)
    {
        Must(rig.Till.EndOfDay() is { Result: 0, Completed: true }, "the period before is closed");
        await PaidAsync(rig);
        Must(rig.Till.EndOfDay() is { Result: 0, Completed: true, Amount: Price }, "27 00 with the total");
        Must(rig.Till.Totals() is { Result: 0, Completed: true, Amount: 0 }, "the new period holds nothing");
        await rig.BooksAsync(Price, Price);
    }

    static async Task ClosedInSilenceAsync(Rig rig)
    {
        Must(rig.Till.EndOfDay() is { Result: 0, Completed: true }, "the period before is closed");
        await PaidAsync(rig);
        await InSilenceAsync(rig, rig.Till.EndOfDay);
        Must(await rig.ResyncAsync() is { Result: 0, Completed: true, Amount: Price }, "06 20 tells the total");
        Must(rig.Till.Totals() is { Result: 0, Completed: true, Amount: 0 }, "the new period holds nothing");
        await rig.BooksAsync(Price, Price);
    }

    static async Task<int> PaidAsync(Rig rig)
    {
        var paid = await rig.PayAsync(Price, rig.NextCode());
        PaymentScenarios.MustBePaid(paid, Price);
        return paid.Receipt!.Value;
    }

    /// <summary>The till hears the result and answers nothing any more until T3 is over; then it is back.</summary>
    static async Task InSilenceAsync(Rig rig, Func<TillResult> order)
    {
        const double T3 = 5;
        rig.Till.Answers = message => message.Command != Command.StatusInformation;
        var ordered = Task.Run(order);
        await ordered;
        await PauseAsync(T3 + 1);
        await rig.RestartTillAsync(ordered);
        rig.Till.Answers = _ => true;
    }

    static void MustBeReturned(TillResult result, long cents)
    {
        Must(result is { Result: 0, Completed: true }, "27 00 and 06 0F");
        Must(result.Amount == cents, $"04 0F tells {cents} cents");
        Must(result.Status!.IsOfReturn, "it names the payment (BMP 37)");
    }
}
