using Sandbox.Ecr;
using static Sandbox.Conform.Checks;

namespace Sandbox.Conform.Cases;

/// <summary>The block layer of a serial line: what arrives in one piece, and what happens when it does not.</summary>
static class LineCases
{
    const string SendAgain = "Send the same block again after at least 200 ms of silence, three times in all.";
    const string Nothing = "Nothing: what stands between blocks is skipped.";

    /// <summary>A registration.</summary>
    public static readonly Telegram SixteenBytes = Telegram.Of(
        0x0600, "000000 B6 0978 03 01 06 06 26 04 0A 02 06D3");

    static readonly Telegram Enquiry = Telegram.Of(0x0501, "000000 03 02");

    public static IEnumerable<Case> All =>
    [
        Line("a block is acknowledged before it is answered", "Wait for 06, then for the answer.", p =>
        {
            p.Peer.Write(Block(p));
            p.Hears(Sound.Ack);
            Finish(p);
        }),
        Line("the answer leaves apart from the ACK", "Nothing; some tills lose a block that follows an ACK.", p =>
        {
            p.Peer.Write(Block(p));
            var ack = p.Peer.Listen(p.Patience.Ack);
            var answer = p.Peer.Listen(p.Patience.Answer);
            Must(answer.Began - ack.Began > TimeSpan.FromMilliseconds(20), "a pause after the ACK", answer);
            p.Peer.Write(Octets.Nak);
            Finish(p);
        }),
        Line("a wrong CRC is refused with NAK", SendAgain,
            p => Refused(p, [.. Block(p)[..^1], (byte)(Block(p)[^1] ^ 1)])),
        Line("a CRC with its bytes swapped is refused with NAK", SendAgain,
            p => Refused(p, [.. Block(p)[..^2], Block(p)[^1], Block(p)[^2]])),
        Line("one flipped bit in the data is refused with NAK", SendAgain,
            p => Refused(p, [.. Block(p)[..6], (byte)(Block(p)[6] ^ 0x40), .. Block(p)[7..]])),
        Line("half a block is refused with NAK after T1", SendAgain, p => Refused(p, Block(p)[..7])),
        Line("a block without its CRC is refused with NAK after T1", SendAgain, p => Refused(p, Block(p)[..^2])),
        Line("a DLE followed by neither DLE nor ETX spoils the block", SendAgain,
            p => Refused(p, [.. Block(p)[..5], Octets.Dle, 0x55, .. Block(p)[5..]])),
        Line("a block longer than any command is refused with NAK", "Send shorter messages.",
            p => Refused(p, [Octets.Dle, Octets.Stx, 0x06, 0x01, .. Enumerable.Repeat((byte)0x55, 4000)])),
        Line("noise before a block is skipped", Nothing, p => Taken(p, [0xFF, 0x00, 0x41, 0x7F, 0x03, .. Block(p)])),
        Line("a lone DLE before a block is skipped", Nothing, p => Taken(p, [Octets.Dle, .. Block(p)])),
        Line("ACK and NAK that nobody waits for are skipped", Nothing,
            p => Taken(p, [Octets.Ack, Octets.Nak, Octets.Ack, .. Block(p)])),
        Line("a block that begins anew in the middle counts from there", Nothing,
            p => Taken(p, [.. Block(p)[..7], .. Block(p)])),
        Line("a block may come byte by byte", "Send as slowly as the line is.", ByteByByte),
        Line("a block repeated because its ACK was lost is acted upon once", "Repeat the block after T2 (5 s).", p =>
        {
            p.Peer.Write([.. Block(p), .. Block(p)]);
            p.Hears(Sound.Ack);
            p.Hears(Sound.Ack);
            Finish(p);
            p.NothingFollows();
        }),
        Line("the same command sent anew is answered anew", "Nothing: it is a new command.", p =>
        {
            p.MustBeReady();
            p.MustBeReady();
        }),
        Line("the answer is sent again after a NAK", "NAK what arrived broken; it comes again.", p =>
        {
            p.Peer.Write(Block(p));
            p.Hears(Sound.Ack);
            p.Hears(Sound.Block);
            p.Peer.Write(Octets.Nak);
            Finish(p);
        }),
        Line("three NAKs end the attempt, and the next command works", "Begin again with 06 20 or 05 01.", NakStorm),
        Line("silence instead of ACK: three sends, T2 apart", "ACK at once; what comes again is the same block.",
            Unacknowledged, Needs.Time),
        Line("an answer that nobody waits for is acknowledged and ignored", "Nothing.", p =>
        {
            p.Send(Telegram.Yes);
            p.NothingFollows();
            p.MustBeReady();
        }),
        Line("a block that holds no message is answered with 84 9A", "Correct the length byte.",
            p => Answered(p, [0x05, 0x01, 0x09, 0x00], 0x849A)),
        Line("an empty block is answered with 84 9A", "Send a message.", p => Answered(p, [], 0x849A)),
        Line("a length byte of 10 is doubled and counted once", "Double every 10 of the message, its length included.",
            p => Answered(p, p.Keyed(SixteenBytes).ToBytes(), 0x8000)),
        Crc("a CRC that holds 10 is not doubled", crc => (crc & 0xFF) == Octets.Dle || crc >> 8 == Octets.Dle),
        Crc("a CRC that holds 03 ends nothing", crc => (crc & 0xFF) == Octets.Etx || crc >> 8 == Octets.Etx),
        Crc("a CRC of 10 03 ends nothing", crc => crc == (Octets.Etx << 8 | Octets.Dle)),
        Line("an amount of 10.10 passes both ways", "Double every 10, and halve every 10 10.", p =>
        {
            var code = Orders.NewCode();
            var talk = p.Run(Orders.Pay(1010, code)).MustEnd(0);
            Must(talk.Told.Cents == 1010, "04 of 10.10", talk);
            p.MustHold(talk.Told.Receipt, 1010, code);
        }, Needs.Gateway),
    ];

    static Case Line(string name, string advice, Action<Probe> play, Needs needs = Needs.Nothing) =>
        new("line: " + name, Needs.Serial | needs, advice, play);

    /// <summary>Tries passwords until one gives the wanted CRC; they are free to choose.</summary>
    static Case Crc(string name, Func<int, bool> wanted) => Line(name, "Do not double the two bytes of the CRC.", p =>
    {
        for (var password = 0; password < 1_000_000; password++)
        {
            var apdu = Octets.Parse($"05 01 05 {password:D6} 03 02");
            if (wanted(Octets.Crc(apdu)))
            {
                Taken(p, Octets.Block(apdu));
                return;
            }
        }
        throw new Deviation("a password with such a CRC", "none");
    }, Needs.AnyPassword);

    static byte[] Block(Probe p) => Octets.Block(p.Keyed(Enquiry).ToBytes());

    /// <summary>The rest of a status enquiry, after its 06 (ACK) was heard.</summary>
    static void Finish(Probe p)
    {
        p.Begun().First.MustBe(0x8000);
        p.Follow().MustComplete();
    }

    static void Taken(Probe p, byte[] raw)
    {
        p.Peer.Write(raw);
        p.Hears(Sound.Ack);
        Finish(p);
    }

    static void Refused(Probe p, byte[] raw)
    {
        p.Peer.Write(raw);
        p.Hears(Sound.Nak);
        Taken(p, Block(p));
    }

    static void Answered(Probe p, byte[] apdu, int answer)
    {
        p.Peer.Write(Octets.Block(apdu));
        p.AwaitAck();
        p.Begun().First.MustBe(answer);
        if (answer == 0x8000)
        {
            p.Follow().MustComplete();
        }
        p.MustBeReady();
    }

    /// <summary>
    /// On a busy machine either side may exceed T1 unintentionally. A terminal that can do it does it in one of several
    /// attempts.
    /// </summary>
    static void ByteByByte(Probe p)
    {
        const int Attempts = 5;
        for (var attempt = 1; !IsTakenByteByByte(p); attempt++)
        {
            Must(attempt < Attempts, "06 (ACK) after the last byte", "something else, each time");
            p.Note("once more");
            p.Drain(TimeSpan.FromSeconds(1));
        }
        Finish(p);
    }

    static bool IsTakenByteByByte(Probe p)
    {
        foreach (var b in Block(p)[..^1])
        {
            p.Peer.Write(b);
            if (p.Peer.Listen(TimeSpan.FromMilliseconds(1)).Sound != Sound.Silence)
            {
                return false;
            }
        }
        p.Peer.Write(Block(p)[^1]);
        return p.Peer.Listen(p.Patience.Ack).Sound == Sound.Ack;
    }

    static void NakStorm(Probe p)
    {
        p.Peer.Write(Block(p));
        p.Hears(Sound.Ack);
        for (var send = 1; send <= 3; send++)
        {
            p.Hears(Sound.Block);
            p.Peer.Write(Octets.Nak);
        }
        var fourth = p.Peer.Listen(TimeSpan.FromSeconds(1));
        if (fourth.Sound == Sound.Block)
        {
            // The terminal gives up the answer; what follows is another message.
            Must(fourth.Telegram is { IsAnswer: false }, "at most three sends of one block", fourth);
            p.Peer.Write(Octets.Ack);
            p.Send(Telegram.Yes);
        }
        p.MustBeReady();
    }

    static void Unacknowledged(Probe p)
    {
        p.Peer.Write(Block(p));
        p.Hears(Sound.Ack);
        p.Hears(Sound.Block);
        for (var send = 2; send <= 3; send++)
        {
            var again = p.Peer.Listen(p.Patience.AfterBreak);
            Must(again.Telegram is { IsPositive: true }, $"80 00 00 for the {send}. time", again);
        }
        p.Drain(p.Patience.AfterBreak);
        p.MustBeReady();
    }
}
