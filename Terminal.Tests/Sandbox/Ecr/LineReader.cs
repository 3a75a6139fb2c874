namespace Sandbox.Ecr;

/// <summary>Turns the bytes of a line into blocks, or over TCP into bare messages.</summary>
/// <param name="insideBlock">A silence this long breaks off a block that has begun.</param>
sealed class LineReader(Wire wire, bool isTcp, TimeSpan insideBlock)
{
    public Heard Hear(TimeSpan limit)
    {
        if (wire.Read(limit) is not { } first)
        {
            return new(wire.IsHungUp ? Sound.HungUp : Sound.Silence, [], [], default);
        }
        List<byte> raw = [first.Value];
        var (sound, apdu) = isTcp ? ReadApdu(raw) : first.Value switch
        {
            Octets.Ack => (Sound.Ack, []),
            Octets.Nak => (Sound.Nak, []),
            Octets.Dle when Next(raw) == Octets.Stx => ReadBlock(raw),
            _ => (Sound.Noise, []),
        };
        return new(sound, [.. raw], [.. apdu], first.At);
    }

    (Sound, List<byte>) ReadBlock(List<byte> raw)
    {
        List<byte> apdu = [];
        while (Next(raw) is { } b)
        {
            if (b == Octets.Dle)
            {
                switch (Next(raw))
                {
                    case Octets.Dle: break;
                    case Octets.Etx: return (IsRight(apdu, Next(raw), Next(raw)) ? Sound.Block : Sound.Broken, apdu);
                    default: return (Sound.Broken, apdu);
                }
            }
            apdu.Add(b);
        }
        return (Sound.Broken, apdu);
    }

    (Sound, List<byte>) ReadApdu(List<byte> raw)
    {
        var left = -1;
        while (left != 0)
        {
            if (Next(raw) is null)
            {
                return (Sound.Broken, raw);
            }
            left = raw switch
            {
                [_, _, 0xFF, var low, var high, ..] => 5 + (low | high << 8) - raw.Count,
                [_, _, not 0xFF and var length, ..] => 3 + length - raw.Count,
                _ => -1,
            };
        }
        return (Sound.Block, raw);
    }

    byte? Next(List<byte> raw)
    {
        if (wire.Read(insideBlock) is not { Value: var b })
        {
            return null;
        }
        raw.Add(b);
        return b;
    }

    static bool IsRight(List<byte> apdu, byte? low, byte? high) =>
        low is { } l && high is { } h && Octets.Crc(apdu.ToArray()) == (l | h << 8);
}
