using Sandbox.Ecr;
using static Sandbox.Acceptance.Rig;

namespace Sandbox.Acceptance;

/// <summary>A serial line that spoils blocks and loses acknowledgements.</summary>
static class LineScenarios
{
    const long Price = 1310;

    static readonly byte[] Order = [Octets.Dle, Octets.Stx, 0x06, 0x01], Result = [Octets.Dle, Octets.Stx, 0x04, 0x0F];

    public static readonly IReadOnlyList<Scenario> All =
    [
        new("order-with-wrong-crc", Lines.Serial, "NAK; sent again and paid once", WrongCrcAsync) { IsQuick = true },
        new("order-acknowledgement-lost", Lines.Serial, "the same block after T2: acknowledged, not done twice",
            RepeatedBlockAsync),
        new("result-acknowledgement-lost", Lines.Serial, "the ACK of 04 0F is lost, its 80 00 00 comes: paid once",
            LostAckAsync) { IsQuick = true },
        new("result-with-wrong-crc", Lines.Serial, "NAK of the till: 04 0F again, paid once",
            SpoiltResultAsync) { IsQuick = true },
    ];

    static async Task WrongCrcAsync(Rig rig)
    {
        var spoilt = 0;
        rig.Wire!.Spoil = block =>
        {
            if (block.AsSpan().StartsWith(Order) && spoilt++ == 0)
            {
                block[^1] ^= 0x40;
            }
            return block;
        };
        var result = await rig.PayAsync(Price, rig.NextCode());
        rig.Wire.Spoil = null;
        Must(spoilt == 2, $"the order was sent twice ({spoilt})");
        await OnceAsync(rig, result);
    }

    static async Task RepeatedBlockAsync(Rig rig)
    {
        var sent = 0;
        rig.Wire!.Spoil = block =>
        {
            rig.Wire.LoseFromTerminal = block.AsSpan().StartsWith(Order) && sent++ == 0 ? 1 : 0;
            return block;
        };
        var result = await rig.PayAsync(Price, rig.NextCode());
        rig.Wire.Spoil = null;
        Must(sent == 2, $"the order was sent twice ({sent})");
        await OnceAsync(rig, result);
    }

    static async Task LostAckAsync(Rig rig)
    {
        var (heard, lost) = (0, 0);
        rig.Cable.Watch = (isOurs, apdu) => heard += !isOurs && apdu is [0x04, 0x0F, ..] ? 1 : 0;
        rig.Wire!.Spoil = block => heard == 1 && block is [Octets.Ack] && lost++ == 0 ? [] : block;
        var result = await rig.PayAsync(Price, rig.NextCode());
        (rig.Wire.Spoil, rig.Cable.Watch) = (null, null);
        Must(lost > 0, "the acknowledgement was lost");
        await OnceAsync(rig, result);
    }

    static async Task SpoiltResultAsync(Rig rig)
    {
        var naks = 0;
        rig.Wire!.After = (Result, () => rig.Wire.FlipNext = true);
        rig.Wire.Spoil = block =>
        {
            naks += block is [Octets.Nak] ? 1 : 0;
            return block;
        };
        var result = await rig.PayAsync(Price, rig.NextCode());
        rig.Wire.Spoil = null;
        Must(naks == 1, $"the till refused one block ({naks})");
        await OnceAsync(rig, result);
    }

    static async Task OnceAsync(Rig rig, TillResult result)
    {
        PaymentScenarios.MustBePaid(result, Price);
        Must(rig.Charges == 1, "one payment at the gateway");
        await rig.BooksAsync(Price, Price);
    }
}
