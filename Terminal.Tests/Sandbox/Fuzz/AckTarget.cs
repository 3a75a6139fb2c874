using Sandbox.Backend;
using Terminal.Backend;

namespace Sandbox.Fuzz;

/// <summary>The head office's acknowledgement.</summary>
sealed class AckTarget() : FuzzTarget("ack")
{
    public override void Take(byte[] input)
    {
        if (Ack.Parse(input) is not { } ack)
        {
            return;
        }
        CountDeep();
        Expect(ack.Upto >= 0 && ack.Hash.Length == 32 && ack.Epoch.Length is > 0 and <= 64, "all within bounds");
        Expect(ack.Need.Count <= Ack.MostRanges && ack.Need.All(n => n.From >= 1 && n.From <= n.To), "sound ranges");
        var again = Ack.Parse(ack.Write());
        Expect(again is not null && again.Epoch == ack.Epoch && again.Upto == ack.Upto &&
            again.Hash.AsSpan().SequenceEqual(ack.Hash) && again.Need.SequenceEqual(ack.Need), "encodes to itself");
    }
}
