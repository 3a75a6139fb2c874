using Sandbox.Ecr;
using Terminal.Ecr.Messages;
using static Sandbox.Acceptance.Rig;

namespace Sandbox.Acceptance;

/// <summary>Cables that are pulled, tills that die, a terminal that loses its power.</summary>
static class BreakScenarios
{
    const long Price = 1710, NeverPaid = 2063, PaidAndSilent = 1762;

    static readonly byte[] ResultBegins = [Octets.Dle, Octets.Stx, 0x04, 0x0F];

    public static readonly IReadOnlyList<Scenario> All =
    [
        new("cable-pulled-while-waiting-and-back", Lines.Both,
            "pulled before the code, back before the result: paid; over TCP the order ended, and only the next is paid",
            BackInTimeAsync) { IsQuick = true },
        new("cable-pulled-while-waiting", Lines.Both,
            "nobody takes the result: withdrawn, returned, 06 20 says not paid; over TCP no payment begins",
            AwayWhileWaitingAsync),
        new("cable-pulled-after-approval-and-back", Lines.Serial,
            "the first 04 0F is lost on the way, back after 3 s, repeated: paid", FirstResultLostAsync),
        new("cable-pulled-after-approval", Lines.Serial,
            "three 04 0F are lost: withdrawn, returned, 06 20 says not paid", ResultsLostAsync),
        new("hung-up-at-the-result", Lines.Tcp, "connection closed on 04 0F, back at once: 06 20 tells it, paid",
            HungUpAsync) { IsQuick = true },
        new("till-dies-before-its-answer", Lines.Both,
            "04 0F heard, no 80 00 00: withdrawn, returned, 06 20 says not paid",
            DiesBeforeAsync),
        new("till-dies-after-its-answer", Lines.Both, "04 0F answered, 06 0F not: the sale stands, 06 20 says paid",
            DiesAfterAsync) { IsQuick = true },
        new("killed-with-the-result-unanswered", Lines.Both, "SIGKILL on 04 0F: after the start 06 20 tells it, paid",
            KilledAtResultAsync) { IsQuick = true },
        new("killed-while-the-wallet-asks", Lines.Both, "SIGKILL after submission: cancelled, 06 20 says not paid",
            KilledWhilePayingAsync),
        new("killed-while-waiting-for-the-code", Lines.Both,
            "SIGKILL before the code: nothing charged, the next sale goes",
            KilledWhileWaitingAsync),
        new("killed-and-damaged", Lines.Both,
            "SIGKILL after the money was taken, a byte of the journal flips: the start takes no sale, but returns it",
            KilledAndDamagedAsync) { HasOneLine = false },
        new("killed-and-no-key", Lines.Both,
            "SIGKILL after the money was taken, code.key cannot be read: no sale, the money is returned",
            KilledAndNoKeyAsync) { HasOneLine = false },
    ];

    static async Task BackInTimeAsync(Rig rig)
    {
        var pay = rig.PayAsync(Price, null);
        await rig.AwaitingCodeAsync();
        rig.Unplug();
        await PauseAsync(1);
        rig.Plug();
        rig.Scan();
        if (rig.IsTcp)
        {
            await pay; // The order went with its connection; the code that came later is nobody's answer.
            PaymentScenarios.MustBeAborted(await rig.ResyncAsync());
            PaymentScenarios.MustBePaid(await rig.PayAsync(Price, rig.NextCode()), Price);
            Must(rig.Charges == 1, "one payment at the gateway");
        }
        else
        {
            PaymentScenarios.MustBePaid(await pay, Price);
        }
        await rig.BooksAsync(Price, Price);
    }

    static async Task AwayWhileWaitingAsync(Rig rig)
    {
        var pay = rig.PayAsync(Price, null);
        await rig.AwaitingCodeAsync();
        rig.Unplug();
        if (rig.IsTcp)
        {
            await rig.SaysAsync("ecr: line down"); // A code that is there first is paid.
        }
        rig.Scan();
        if (!rig.IsTcp)
        {
            await WithdrawnAsync(rig, pay);
            return;
        }
        await pay;
        rig.Plug();
        await MustBeNotPaidAsync(rig);
        Must(rig.Charges == 0, "the gateway never heard of it");
    }

    static async Task FirstResultLostAsync(Rig rig)
    {
        rig.Wire!.After = (ResultBegins, rig.Unplug);
        var pay = rig.PayAsync(Price, rig.NextCode());
        await Demo.Shop.UntilAsync("the result is on its way", () => rig.Wire.IsPulled);
        await PauseAsync(3);
        rig.Plug();
        PaymentScenarios.MustBePaid(await pay, Price);
        await rig.BooksAsync(Price, Price);
    }

    static async Task ResultsLostAsync(Rig rig)
    {
        rig.Wire!.After = (ResultBegins, rig.Unplug);
        await WithdrawnAsync(rig, rig.PayAsync(Price, rig.NextCode()));
    }

    static async Task HungUpAsync(Rig rig)
    {
        rig.Till.Answers = Before(Command.StatusInformation, rig.Unplug);
        await rig.PayAsync(Price, rig.NextCode());
        rig.Till.Answers = _ => true;
        rig.Plug();
        PaymentScenarios.MustBePaid(await rig.ResyncAsync(), Price);
        await rig.BooksAsync(Price, Price);
    }

    static async Task DiesBeforeAsync(Rig rig)
    {
        rig.Till.Answers = Before(Command.StatusInformation, () => { });
        await WithdrawnAsync(rig, rig.PayAsync(Price, rig.NextCode()));
    }

    static async Task DiesAfterAsync(Rig rig)
    {
        rig.Till.Answers = Before(Command.Completion, () => { });
        var pay = rig.PayAsync(Price, rig.NextCode());
        Must(await pay is { Result: 0, Completed: false }, "27 00 taken, 06 0F not");
        await rig.RestartTillAsync(pay);
        rig.Till.Answers = _ => true;
        PaymentScenarios.MustBePaid(await rig.ResyncAsync(), Price);
        await rig.BooksAsync(Price, Price);
    }

    static async Task KilledAtResultAsync(Rig rig)
    {
        rig.Till.Answers = Before(Command.StatusInformation, rig.Kill);
        await rig.PayAsync(Price, rig.NextCode());
        await StartAgainAsync(rig);
        PaymentScenarios.MustBePaid(await rig.ResyncAsync(), Price);
        await rig.BooksAsync(Price, Price);
    }

    static async Task KilledWhilePayingAsync(Rig rig)
    {
        var pay = rig.PayAsync(NeverPaid, rig.NextCode());
        await Demo.Shop.UntilAsync("the gateway has the payment", () => rig.Charges == 1);
        rig.Kill();
        rig.Cable.Break();
        await pay;
        await StartAgainAsync(rig);
        await MustBeNotPaidAsync(rig);
    }

    static async Task KilledAndDamagedAsync(Rig rig)
    {
        var pay = rig.PayAsync(PaidAndSilent, rig.NextCode());
        await Demo.Shop.UntilAsync("the gateway has the money", () => rig.Captured == PaidAndSilent);
        rig.Kill();
        rig.Cable.Break();
        await pay;
        rig.FlipJournal();
        await StartAgainAsync(rig);
        await rig.SaysAsync("J-303");
        var refused = await rig.PayAsync(Price, rig.NextCode());
        Must(refused is { Result: not 0, Completed: false }, "no sale while the journal is damaged");
        await Demo.Shop.UntilAsync("the money is returned", () => rig.Captured == 0);
        Must(rig.Charges == 1, "the gateway heard of one payment");
        rig.Kill();
        rig.FlipJournal(); // Sound again.
        await StartAgainAsync(rig);
        await MustBeNotPaidAsync(rig);
    }

    static async Task KilledAndNoKeyAsync(Rig rig)
    {
        var pay = rig.PayAsync(PaidAndSilent, rig.NextCode());
        await Demo.Shop.UntilAsync("the gateway has the money", () => rig.Captured == PaidAndSilent);
        rig.Kill();
        rig.Cable.Break();
        await pay;
        rig.HideKey();
        await StartAgainAsync(rig);
        await rig.SaysAsync("J-305");
        var refused = await rig.PayAsync(Price, rig.NextCode());
        Must(refused is { Result: not 0, Completed: false }, "no sale while used codes are not known");
        await MustBeNotPaidAsync(rig);
        Must(rig.Charges == 1, "the gateway heard of one payment");
        rig.Kill();
        rig.Cable.Break();
        Must(rig.EndsByItself() == 74, "with nothing open it does not start");
        rig.ShowKey();
        await StartAgainAsync(rig);
        await MustBeNotPaidAsync(rig);
        PaymentScenarios.MustBePaid(await rig.PayAsync(Price, rig.NextCode()), Price);
    }

    static async Task KilledWhileWaitingAsync(Rig rig)
    {
        var pay = rig.PayAsync(Price, null);
        await rig.AwaitingCodeAsync();
        rig.Kill();
        rig.Cable.Break();
        await pay;
        await StartAgainAsync(rig);
        Must(rig.Charges == 0, "the gateway never heard of it");
        await MustBeNotPaidAsync(rig);
        PaymentScenarios.MustBePaid(await rig.PayAsync(Price, rig.NextCode()), Price);
        await rig.BooksAsync(Price, Price);
    }

    /// <summary>The till does not answer this message, but does something else.</summary>
    static Func<Telegram, bool> Before(int command, Action act) => message =>
    {
        if (message.Command == command)
        {
            act();
            return false;
        }
        return true;
    };

    static async Task StartAgainAsync(Rig rig)
    {
        rig.Cable.Mend();
        rig.Till.Answers = _ => true;
        await rig.StartAsync();
    }

    static async Task WithdrawnAsync(Rig rig, Task<TillResult> pay)
    {
        // Only then does the status tell of this payment, and not of the one before.
        await Demo.Shop.UntilAsync("the gateway has the payment", () => rig.Charges == 1);
        await rig.SaysAsync("till: Withdrawn");
        rig.Plug();
        await rig.RestartTillAsync(pay);
        rig.Till.Answers = _ => true;
        await MustBeNotPaidAsync(rig);
    }

    static async Task MustBeNotPaidAsync(Rig rig)
    {
        var told = await rig.ResyncAsync();
        Must(told is { Result: not (null or 0), AbortCode: not null, Completed: false }, "06 20 says not paid");
        await rig.BooksAsync(0, 0);
    }
}
