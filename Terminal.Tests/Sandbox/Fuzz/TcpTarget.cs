using Terminal.Ecr.Blocks;
using Terminal.Ecr.Messages;

namespace Sandbox.Fuzz;

/// <summary>Bare messages over TCP, in one piece and in crumbs.</summary>
sealed class TcpTarget() : FuzzTarget("tcp")
{
    public override void Take(byte[] input)
    {
        var whole = Feed(input, input.Length);
        var crumbs = Feed(input, 1);
        Expect(whole.Count == crumbs.Count, "as many messages, however it is cut");
        var at = 0;
        foreach (var (one, other) in whole.Zip(crumbs))
        {
            Expect(one.AsSpan().SequenceEqual(other), "the same messages, however it is cut");
            Expect(one.Length <= Frame.MaxApdu, "no message beyond the limit");
            if (Apdu.Read(one) is { } apdu)
            {
                CountDeep();
                Expect(input.AsSpan(at).StartsWith(one), "the message is in the stream, behind the one before");
                var again = Apdu.Read(apdu.ToBytes());
                Expect(again is not null && again.Command == apdu.Command &&
                    again.Data.AsSpan().SequenceEqual(apdu.Data), "encodes to itself");
            }
            at += one[2] == 0xFF ? 5 + one[3] + (one[4] << 8) : 3 + one[2];
        }
    }

    static List<byte[]> Feed(byte[] input, int size)
    {
        var link = new TcpLink(new());
        var arrived = new List<byte[]>();
        foreach (var chunk in input.Chunk(Math.Max(size, 1)))
        {
            link.Feed(chunk, default);
            while (link.TryTake(out var happened))
            {
                Expect(happened is LinkEvent.Arrived, "nothing but messages");
                arrived.Add(((LinkEvent.Arrived)happened).Apdu);
            }
        }
        return arrived;
    }
}
