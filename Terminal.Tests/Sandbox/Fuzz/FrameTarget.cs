using Sandbox.Simulation;
using Terminal.Ecr.Blocks;
using Terminal.Payments;

namespace Sandbox.Fuzz;

/// <summary>The serial line's block decoder: bytes in, now and then a pause.</summary>
class FrameTarget() : FuzzTarget("frame")
{
    static readonly TimeSpan Gap = TimeSpan.FromMilliseconds(200);

    public override int Share => 2000;

    public override byte[] Repair(byte[] input, Dice dice) => Blocks.WithChecks(input);

    public override void Take(byte[] input)
    {
        var decoder = new FrameDecoder(Gap);
        var now = new Moment(0);
        var taken = new List<byte[]>();
        var events = 0;
        foreach (var b in input)
        {
            // A rare pause inside a block, decided by the input itself.
            now += b == 0xA5 ? Gap : TimeSpan.FromMilliseconds(1);
            events += decoder.TimePassed(now) is null ? 0 : 1;
            var received = Push(decoder, b, now);
            events += received is null ? 0 : 1;
            if (received is Received.Block block)
            {
                taken.Add(block.Apdu);
            }
        }
        now += Gap;
        events += decoder.TimePassed(now) is null ? 0 : 1;
        Expect(!decoder.InBlock && decoder.WakeAt == Moment.Never, "silence ends every block");
        Expect(events <= input.Length + 1, "at most one event a byte");
        foreach (var apdu in taken)
        {
            CountDeep();
            Judge(apdu, input);
        }
    }

    protected virtual Received? Push(FrameDecoder decoder, byte next, Moment now) => decoder.Push(next, now);

    static void Judge(byte[] apdu, byte[] input)
    {
        Expect(apdu.Length <= Frame.MaxApdu, "no block beyond the limit");
        Expect(StrictFrames.Blocks(input).Any(b => b.AsSpan().SequenceEqual(apdu)), "the block is in the stream");
        var decoder = new FrameDecoder(Gap);
        Received? again = null;
        foreach (var b in Frame.Encode(apdu))
        {
            again = decoder.Push(b, default) ?? again;
        }
        Expect(again is Received.Block { Apdu: var same } && same.AsSpan().SequenceEqual(apdu), "encodes to itself");
    }
}
