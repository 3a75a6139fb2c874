using Terminal.Ecr;
using Terminal.Ecr.Blocks;
using Terminal.Ecr.Messages;

namespace Sandbox.Simulation.Bugs;

/// <summary>The CRC of a block is ignored: a wrong one is put right before the session sees it.</summary>
sealed class CrcPlant : Plant
{
    public override Action<byte[]> Line(World world, EcrSettings settings, Action<byte[]> session)
    {
        List<byte> block = [];
        var left = 0;
        return settings.Tcp is not null ? session : bytes => session([.. bytes.Select(Mend)]);

        byte Mend(byte b)
        {
            if (left > 0)
            {
                var crc = Crc16.OfBlock(Unstuffed(block));
                return --left == 1 ? (byte)(crc & 0xFF) : (byte)(crc >> 8);
            }
            block.Add(b);
            if (block is [.., Frame.Dle, Frame.Stx])
            {
                block.Clear();
            }
            left = EndsData(block) ? 2 : 0;
            return b;
        }
    }

    /// <summary>DLE ETX, and that DLE is no doubled one.</summary>
    static bool EndsData(List<byte> block) =>
        block is [.., Frame.Dle, Frame.Etx] && (block.Count - block[..^2].FindLastIndex(b => b != Frame.Dle)) % 2 == 1;

    static byte[] Unstuffed(List<byte> block)
    {
        List<byte> apdu = [];
        for (var i = 0; i < block.Count - 2; i++)
        {
            apdu.Add(block[i]);
            i += block[i] == Frame.Dle ? 1 : 0;
        }
        return [.. apdu];
    }
}

/// <summary>A block that the till repeats is taken for another one: it gets a field more.</summary>
sealed class RepeatingPlant : Plant
{
    public override Action<byte[]> Line(World world, EcrSettings settings, Action<byte[]> session)
    {
        var decoder = new FrameDecoder(settings.Timers.ByteGap);
        List<byte> raw = [];
        byte[] previous = [];
        return settings.Tcp is not null ? session : bytes =>
        {
            decoder.TimePassed(new(world.Now));
            foreach (var b in bytes)
            {
                raw.Add(b);
                if (decoder.Push(b, new(world.Now)) is Received.Block block)
                {
                    var again = block.Apdu.AsSpan().SequenceEqual(previous) && block.Apdu is [0x06, 0x01, ..];
                    previous = block.Apdu;
                    raw = again ? [.. Frame.Encode(Longer(block.Apdu))] : raw;
                }
                if (!decoder.InBlock)
                {
                    session([.. raw]);
                    raw.Clear();
                }
            }
        };
    }

    static byte[] Longer(byte[] apdu) =>
        [apdu[0], apdu[1], (byte)(apdu[2] + 2), .. apdu[3..], Bmp.Timeout, 30];
}
