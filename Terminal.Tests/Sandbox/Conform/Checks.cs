using Sandbox.Ecr;

namespace Sandbox.Conform;

/// <summary>The expectations of the cases, one method each.</summary>
static class Checks
{
    /// <summary>Fails the case unless the condition holds.</summary>
    public static void Must(bool isSo, string expected, object? got)
    {
        if (!isSo)
        {
            throw new Deviation(expected, $"{got ?? "nothing"}");
        }
    }

    public static void MustBe(this Telegram got, params int[] commands) => Must(
        commands.Contains(got.Command), string.Join(" or ", commands.Select(c => $"{c >> 8:X2} {c & 0xFF:X2}")), got);

    /// <summary>Accepted, told with this result, and closed as the result demands.</summary>
    public static Talk MustEnd(this Talk talk, byte result)
    {
        talk.First.MustBe(0x8000);
        Must(talk.Status?.Result == result, $"04 0F with 27 {result:X2}", talk);
        Must(talk.Told.Order.First() == 0x27, "27 as the first field of 04 0F", talk);
        Must(talk.Told.Text.Length > 0, "a text for the cashier in 3C", talk);
        if (result == 0)
        {
            Must(talk.End is { Command: 0x060F }, "06 0F after an acknowledged approval", talk);
        }
        else
        {
            Must(talk.End is { Command: 0x061E, Data: [var code, ..] } && code == result, $"06 1E {result:X2}", talk);
        }
        return talk;
    }

    /// <summary>Ends with 06 0F and no 04 0F of a transaction before it.</summary>
    public static Talk MustComplete(this Talk talk)
    {
        talk.First.MustBe(0x8000);
        Must(talk.End is { Command: 0x060F }, "06 0F", talk);
        return talk;
    }

    public static void Hears(this Probe p, Sound sound)
    {
        var heard = p.Peer.Listen(p.Patience.Ack);
        Must(heard.Sound == sound, $"{sound}", heard);
    }

    public static void NothingFollows(this Probe p)
    {
        var heard = p.Peer.Listen(p.Patience.Quiet);
        Must(heard.Sound == Sound.Silence, "silence", heard);
    }

    /// <summary>05 01 without version; it is answered in every state.</summary>
    public static void MustBeReady(this Probe p)
    {
        var talk = p.Run(Telegram.Of(0x0501, "000000 03 02")).MustComplete();
        Must(talk.End!.Data is [0x00, ..], "06 0F with status 00 (ready)", talk);
    }

    /// <summary>
    /// The tills of both booking models hold this amount, and so does the gateway if it can be looked into.
    /// </summary>
    public static void MustHold(this Probe p, int? receipt, long cents, string code)
    {
        Must(receipt is not null, "a receipt number (BMP 87)", "none");
        var (onStatus, onCompletion) = p.Book.Of(receipt!.Value);
        Must(onStatus == cents, $"{cents} cents in the book of a till that books with 04 0F", onStatus);
        Must(onCompletion == cents, $"{cents} cents in the book of a till that books with 06 0F", onCompletion);
        p.MustBeCharged(code, cents);
    }

    /// <summary>Waits a moment if necessary, because money goes back in the background.</summary>
    public static void MustBeCharged(this Probe p, string code, long cents)
    {
        if (p.Around.Captured is { } captured)
        {
            var until = p.Peer.Now + p.Patience.Settling;
            while (captured(code) != cents && p.Peer.Now < until)
            {
                p.Drain(p.Patience.Quiet);
            }
            Must(captured(code) == cents, $"{cents} cents charged at the gateway", captured(code));
        }
    }
}
