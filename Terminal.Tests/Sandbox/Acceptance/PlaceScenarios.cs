using System.Diagnostics;
using static Sandbox.Acceptance.Rig;

namespace Sandbox.Acceptance;

/// <summary>A port that more than one can reach: who has the line, and who knows the password.</summary>
static class PlaceScenarios
{
    const long Price = 1710;

    const string Status = "0501 00", Yes = "800000", Unregistered = "846B00", WrongPassword = "848300";

    static readonly string[] WithPassword =
    [
        "0600 06 654321 86 0978", "0620 03 654321", "0630 06 654321 87 0001", "0631 0A 654321 04 000000000100",
        "0650 03 654321", "0610 03 654321", "0693 03 654321", "0501 03 654321",
    ];

    static readonly string[] WithoutPassword =
    [
        "0601 07 04 000000001234", "0602 00", "0670 00", "0679 00", "0618 00", "06E0 00", "0830 01 00", "0840 01 00",
        "06B0 00",
    ];

    public static readonly IReadOnlyList<Scenario> All =
    [
        new("places", Lines.Tcp, "strangers keep no till out; a second till waits; a leaked connection makes way",
            PlacesAsync) { IsQuick = true, HasOneLine = false },
        new("passwords", Lines.Tcp, "every command wants it; who guesses waits longer each time, and nobody else does",
            PasswordsAsync) { IsQuick = true, HasOneLine = false },
    ];

    static async Task PlacesAsync(Rig rig)
    {
        List<Knock> strangers = [.. Enumerable.Range(0, 20).Select(_ => rig.Knock("127.0.0.2"))];
        PaymentScenarios.MustBePaid(await rig.PayAsync(Price, rig.NextCode()), Price);

        var pay = rig.PayAsync(Price, null);
        await rig.AwaitingCodeAsync();
        using (var second = rig.Knock("127.0.0.3"))
        {
            second.Send(Status);
            Must(second.Hear(seconds: 1) is "", "a second till waits while the first is served");
            rig.Scan();
            PaymentScenarios.MustBePaid(await pay, Price);
            rig.Unplug();
            Must(second.Hear() == Yes, "it has the line when the first hangs up");
        }

        // Its connection is closed: the strangers, of whom some still wait, are no reason to wait now.
        rig.Plug();
        Must(rig.Till.Register().Completed, "the till is served again, whoever is silent");
        using (var anew = rig.Knock("127.0.0.1"))
        {
            anew.Send(Status);
            Must(anew.Hear(seconds: 10) == Yes, "the same till connects anew: its leaked connection makes way");
        }
        rig.Unplug();
        rig.Plug();
        strangers.ForEach(stranger => stranger.Dispose());
        await rig.BooksAsync(2 * Price, 2 * Price);
    }

    static Task PasswordsAsync(Rig rig) => rig.WithPasswordAsync("123456", async () =>
    {
        for (var i = 0; i < WithPassword.Length; i++)
        {
            using var wrong = rig.Knock($"127.0.1.{i + 1}");
            wrong.Send(WithPassword[i]);
            Must(wrong.Hear() == WrongPassword, $"{WithPassword[i][..4]} is refused with a wrong password");
            Must(wrong.Hear() == Knock.Closed, "and the connection ends");
        }
        using (var silent = rig.Knock("127.0.2.1"))
        {
            foreach (var command in WithoutPassword)
            {
                silent.Send(command);
                Must(silent.Hear() == Unregistered, $"{command[..4]} is refused to who has not shown the password");
            }
            await rig.SaysAsync("E-102");
        }
        await GuessAsync(rig);
    });

    /// <summary>The second wrong password costs two seconds; the till is served meanwhile.</summary>
    static async Task GuessAsync(Rig rig)
    {
        const string Guesser = "127.0.2.2", Register = "0600 06 123456 06 0978";
        for (var i = 0; i < 2; i++)
        {
            await Demo.Shop.UntilAsync("the next guess is looked at",
                () => Asks(rig, Guesser, "0620 03 111111") == WrongPassword);
        }
        var since = Stopwatch.GetTimestamp();
        Must(Asks(rig, Guesser, Register) == Knock.Closed, "even the right password is not looked at for a while");
        using (var till = rig.Knock("127.0.0.1"))
        {
            till.Send(Register);
            Must(till.Hear() == Yes, "the till, from another address, is served");
        }
        await Demo.Shop.UntilAsync("the guesser may try again", () => Asks(rig, Guesser, Register) == Yes);
        var waited = Stopwatch.GetElapsedTime(since).TotalSeconds;
        Must(waited is > 1.5 and < 20, $"about two seconds later ({waited:0.0})");
    }

    static string Asks(Rig rig, string from, string apdu)
    {
        using var knock = rig.Knock(from);
        knock.Send(apdu);
        return knock.Hear();
    }
}
