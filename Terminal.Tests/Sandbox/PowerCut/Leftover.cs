using Sandbox.Disk;

namespace Sandbox.PowerCut;

/// <summary>What becomes of one write that was on its way when the power went.</summary>
public enum Fate
{
    Kept,
    Lost,
    /// <summary>Each 4 KiB block of it is there or not.</summary>
    Blocks,
    /// <summary>Each 512-byte sector of it is there or not.</summary>
    Sectors,
    /// <summary>Each sector of it is there, or not, or holds something else.</summary>
    Garbage,
    /// <summary>Each 4 KiB block that it touches is there, or not, or holds something else, neighbours too.</summary>
    Spill,
    /// <summary>The file has grown for it, but what it wrote never came: zeros.</summary>
    Zeros,
}

/// <summary>One file after a cut, made from what was durable and the fate of each write after that.</summary>
sealed class Leftover(byte[] durable, Random dice)
{
    const int Sector = 512, Block = 4096;

    byte[] bytes = durable;
    bool isOwn;

    public byte[] Bytes => bytes;

    /// <returns>False: a truncation is lost, and with it all that came after it in this file.</returns>
    public bool Take(DiskCall call, Fate fate)
    {
        switch (call)
        {
            case DiskCall.Truncate e when fate is Fate.Kept || (fate is not Fate.Lost && dice.Next(2) == 0):
                Resize((int)e.Length);
                return true;
            case DiskCall.Truncate:
                return false;
            case DiskCall.Write e when fate == Fate.Zeros:
                Grow((int)e.Offset + e.Bytes.Length);
                return true;
            case DiskCall.Write e when fate != Fate.Lost:
                var unit = fate switch { Fate.Kept => int.MaxValue, Fate.Blocks or Fate.Spill => Block, _ => Sector };
                Put(e, unit, fate);
                return true;
            default:
                return true;
        }
    }

    void Put(DiskCall.Write write, int unit, Fate fate)
    {
        var end = (int)write.Offset + write.Bytes.Length;
        for (var from = (int)write.Offset; from < end;)
        {
            var unitStart = from / unit * unit;
            var to = unit == int.MaxValue ? end : Math.Min(end, unitStart + unit);
            switch (fate == Fate.Kept ? 0 : dice.Next(fate is Fate.Garbage or Fate.Spill ? 3 : 2))
            {
                case 0:
                    Grow(to);
                    write.Bytes.AsSpan(from - (int)write.Offset, to - from).CopyTo(bytes.AsSpan(from));
                    break;
                case 2 when fate == Fate.Spill:
                    Grow(to);
                    dice.NextBytes(bytes.AsSpan(unitStart, Math.Min(unit, bytes.Length - unitStart)));
                    break;
                case 2:
                    Grow(to);
                    dice.NextBytes(bytes.AsSpan(from, to - from));
                    break;
            }
            from = to;
        }
    }

    void Grow(int length)
    {
        if (!isOwn || length > bytes.Length)
        {
            Resize(Math.Max(length, bytes.Length));
        }
    }

    void Resize(int length)
    {
        var next = new byte[length];
        bytes.AsSpan(0, Math.Min(length, bytes.Length)).CopyTo(next);
        (bytes, isOwn) = (next, true);
    }
}
