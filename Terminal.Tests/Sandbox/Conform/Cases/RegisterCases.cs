using Sandbox.Ecr;

namespace Sandbox.Conform.Cases;

/// <summary>What a cash register must get right when cables and terminals misbehave.</summary>
static class RegisterCases
{
    const string Order = "order one payment, with a code";
    const string OrderAndAsk = "order one payment, with a code; when the register finds it broken, let it ask (06 20)";
    const string ByBytes = "ACK each block at once, before you look into it.";
    const string Unknown = "Unknown is not \"not paid\": ask with 06 20 before anything else, and do what it says.";

    public static readonly IReadOnlyList<RegisterCase> All =
    [
        Case("an approval is booked", Order, ("Book on 27 00.", true), p =>
        {
            p.Accept();
            p.End(0x00);
        }),
        Case("a refusal is not booked", Order, ("27 other than 00 is not paid; show 3C.", false), p =>
        {
            p.Accept();
            p.End(0x05);
        }),
        Case("\"not confirmed\" is not booked", Order, ("27 FF is not paid. Do not hand over the goods.", false), p =>
        {
            p.Accept();
            p.End(0xFF);
        }),
        Case("a result full of 10 is read", Order, ("10 10 in the data is one 10; never so in the CRC.", true), p =>
        {
            p.Accept();
            p.Tell(p.Status(0x00, "101010"));
            p.Tell(Telegram.Of(0x060F));
        }),
        Case("intermediate status is answered, five times", Order, ("80 00 00 for each; T4 begins anew.", null), p =>
        {
            p.Accept();
            for (var i = 0; i < 5; i++)
            {
                p.Tell(Telegram.Of(0x04FF, "0E 03"));
            }
            p.End(0x05);
        }),
        Case("a block with a wrong CRC is refused with NAK, and taken when it comes again", Order, (ByBytes, null), p =>
        {
            p.Accept();
            var block = Octets.Block(p.Status(0x05).ToBytes());
            p.Peer.Write([.. block[..^1], (byte)(block[^1] ^ 1)]);
            p.MustHear(Sound.Nak, "15 (NAK)");
            p.End(0x05);
        }) with { IsSerial = true },
        Case("half a block is refused with NAK after T1", Order, ("NAK 200 ms after the last byte.", null), p =>
        {
            p.Accept();
            p.Peer.Write(Octets.Block(p.Status(0x05).ToBytes()).AsSpan(0, 12));
            p.MustHear(Sound.Nak, "15 (NAK) after T1");
            p.End(0x05);
        }) with { IsSerial = true },
        Case("noise before a block is skipped", Order, ("Hunt for 10 02; skip what stands before it.", null), p =>
        {
            p.Accept();
            p.Peer.Write([0xFF, 0x00, 0x41, .. Octets.Block(p.Status(0x05).ToBytes())]);
            p.MustHear(Sound.Ack, "06 (ACK)");
            p.TakeYes();
            p.Tell(Telegram.Of(0x061E, "05"));
        }) with { IsSerial = true },
        Case("a result that comes twice is acknowledged twice", Order, ("ACK a repeated block; book once.", true), p =>
        {
            p.Accept();
            p.Say(p.Status(0x00));
            p.TakeYes();
            // The terminal lost the ACK of its block, but not the answer to it.
            p.Peer.Say(p.Status(0x00));
            p.MustHear(Sound.Ack, "06 (ACK) for the second block too");
            p.Drain();
            p.Tell(Telegram.Of(0x060F));
        }) with { IsSerial = true },
        Case("its order is sent again after a NAK", Order, ("The same bytes again, three times in all.", null), p =>
        {
            SendsAgain(p, () => p.Peer.Write(Octets.Nak));
            p.End(0x05);
        }) with { IsSerial = true },
        Case("its order is sent again when no ACK comes", Order, ("The same bytes again after T2 (5 s).", null), p =>
        {
            SendsAgain(p, () => { });
            p.End(0x05);
        }) with { IsSerial = true },
        Case("84 A0 is no sale", Order, ("The terminal is busy: wait, or ask with 06 20.", false), p =>
        {
            p.Arrive(0x0601);
            p.Peer.Acknowledge();
            p.Say(Telegram.No(0xA0));
            p.Settle();
        }),
        Case("06 20 is asked when 06 0F does not come; paid", OrderAndAsk, (Unknown, true), p =>
        {
            p.Accept();
            p.Tell(p.Status(0x00));
            p.MustBeAsked(0x00);
        }) with { IsSlow = true },
        Case("06 20 is asked when 04 0F does not come; paid", OrderAndAsk, (Unknown, true), p =>
        {
            p.Accept();
            p.MustBeAsked(0x00);
        }) with { IsSlow = true },
        Case("06 20 is asked when 04 0F does not come; not paid", OrderAndAsk, (Unknown, false), p =>
        {
            p.Accept();
            p.MustBeAsked(0x6C);
        }) with { IsSlow = true },
        Case("84 A0 to its 06 20 makes it ask again", OrderAndAsk, ("Busy is no answer: ask every second.", true), p =>
        {
            p.Accept();
            p.Arrive(0x0620);
            p.Peer.Acknowledge();
            p.Say(Telegram.No(0xA0));
            p.MustBeAsked(0x00);
        }) with { IsSlow = true },
        Case("an approval that 06 20 takes back is struck out", OrderAndAsk, (Unknown, false), p =>
        {
            p.Accept();
            p.Tell(p.Status(0x00));
            p.MustBeAsked(0xFF);
        }) with { IsSlow = true },
    ];

    static RegisterCase Case(
        string name, string action, (string Advice, bool? IsPaid) wanted, Action<RegisterProbe> play) =>
        new("register: " + name, action, wanted.Advice, play) { IsPaid = wanted.IsPaid };

    static void SendsAgain(RegisterProbe p, Action refuse)
    {
        var first = p.Arrive(0x0601);
        refuse();
        var second = p.Peer.Listen(p.Patience.AfterBreak);
        Checks.Must(second.Raw.AsSpan().SequenceEqual(first.Raw), "the same block again", second.Sound);
        p.Peer.Acknowledge();
        p.Begin();
    }
}
