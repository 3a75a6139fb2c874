using Sandbox.Ecr;
using static Sandbox.Conform.Checks;
using static Sandbox.Ecr.Orders;

namespace Sandbox.Conform.Cases;

/// <summary>What only TCP has: fragments, APDUs in one segment, connections that come and go.</summary>
static class TcpCases
{
    static readonly Telegram Status = Telegram.Of(0x0501, "000000 03 02");

    public static IEnumerable<Case> All =>
    [
        Tcp("a command may come byte by byte", "Nothing: TCP cuts where it likes.", p =>
        {
            foreach (var b in Enquiry(p))
            {
                p.Peer.Write(b);
            }
            p.Begun().First.MustBe(0x8000);
            p.Follow().MustComplete();
        }),
        Tcp("a command may come in two parts with a pause between", "Nothing.", p =>
        {
            p.Peer.Write(Enquiry(p).AsSpan(0, 4));
            p.NothingFollows();
            p.Peer.Write(Enquiry(p).AsSpan(4));
            p.Begun().First.MustBe(0x8000);
            p.Follow().MustComplete();
        }),
        Tcp("an answer and the next command may come in one segment", "Nothing.", p =>
        {
            p.Start(Status).First.MustBe(0x8000);
            p.Take(p.Patience.Answer).MustBe(0x060F);
            p.Peer.Write([.. Telegram.Yes.ToBytes(), .. Enquiry(p)]);
            p.Begun().First.MustBe(0x8000);
            p.Follow().MustComplete();
        }),
        Tcp("each message waits for the answer to the one before", "Answer each; only then comes the next.", p =>
        {
            p.Start(Telegram.Of(0x0601, Amount(999_999_999_999))).First.MustBe(0x8000);
            p.Take(p.Patience.Answer).MustBe(0x040F);
            p.NothingFollows();
            p.Send(Telegram.Yes);
            p.Take(p.Patience.Answer).MustBe(0x061E);
            p.NothingFollows();
            p.Send(Telegram.Yes);
            p.MustBeReady();
        }),
        Tcp("10 is not doubled", "Send the APDU as it is: no DLE, no CRC, no ACK.", p =>
        {
            p.Peer.Write(p.Keyed(LineCases.SixteenBytes).ToBytes());
            p.Begun().First.MustBe(0x8000);
            p.Follow().MustComplete();
        }),
        Tcp("the long length is little-endian", "FF, low byte, high byte.", p =>
        {
            p.Peer.Write([0x06, 0xFF, 0xFF, 0x2C, 0x01, .. new byte[300]]);
            p.TakeAnswer().MustBe(0x8483);
            p.MustBeReady();
        }),
        Tcp("a message longer than any command is refused, not obeyed", "Send shorter messages.", p =>
        {
            p.Peer.Write([0x06, 0x01, 0xFF, 0xB8, 0x0B, .. new byte[3000]]);
            Must(!p.TakeAnswer().IsPositive, "84 xx", "80 00 00");
            p.MustBeReady();
        }),
        Tcp("a second connection waits for the end of the first", "Close a connection before the next.", p =>
        {
            p.MustBeReady();
            var (wire, problem) = p.Around.Reach();
            Must(wire is not null, "a connection that is accepted", problem);
            using (wire)
            {
                wire!.Write(Enquiry(p));
                p.MustBeReady();
                p.HangUp();
                List<byte> answer = [];
                while (answer.Count < 3 && wire.Read(p.Patience.Answer) is { Value: var b })
                {
                    answer.Add(b);
                }
                Must(answer is [0x80, 0x00, 0x00], "80 00 00", Convert.ToHexString(answer.ToArray()));
            }
        }, Needs.Ours),
        Tcp("one may connect again and again", "Keep the connection or not, as you like.", p =>
        {
            for (var i = 0; i < 3; i++)
            {
                p.MustBeReady();
                p.HangUp();
            }
        }),
        Tcp("an order without a code ends with its connection", "Connect again; the next order is taken at once.", p =>
        {
            p.Start(Pay(Approved, null)).First.MustBe(0x8000);
            p.HangUp();
            p.Start(Pay(Approved, null)).First.MustBe(0x8000);
            p.Ask(0x06B0).MustBe(0x8000);
            p.Follow().MustEnd(0x6C);
            p.Repeat().MustEnd(0x6C);
        }),
        Tcp("a registration in the place of the answer to 04 0F keeps the approval", "06 20 tells it again.", p =>
        {
            var code = NewCode();
            p.Run(Pay(Approved, code), Reaction.On(0x040F, new Reaction.Leave()));
            p.Run(Register(0x0E)).MustComplete();
            p.MustHold(p.Repeat().MustEnd(0).Told.Receipt, Approved, code);
        }, Needs.Gateway),
        Tcp("an order with a code survives the end of its connection", "Connect again, and ask with 06 20.", p =>
        {
            var code = NewCode();
            p.Start(Pay(Approved, code)).First.MustBe(0x8000);
            p.HangUp();
            p.MustHold(p.Repeat().MustEnd(0).Told.Receipt, Approved, code);
        }, Needs.Gateway),
        Tcp("a connection that ends at 04 0F leaves the result to be asked for", "Connect again; 06 20.", p =>
        {
            var code = NewCode();
            p.Run(Pay(Approved, code), Reaction.On(0x040F, new Reaction.Leave()));
            p.HangUp();
            p.MustHold(p.Repeat().MustEnd(0).Told.Receipt, Approved, code);
        }, Needs.Gateway),
        Tcp("a till that does not come back for its result gives the sale up", "Ask with 06 20 within 15 s.", p =>
        {
            var code = NewCode();
            p.Run(Pay(Approved, code), Reaction.On(0x040F, new Reaction.Leave()));
            p.HangUp(p.Patience.Settling);
            p.MustBeCharged(code, 0);
            var again = p.Repeat();
            Must(again.Status?.Result is not (null or 0), "not paid, or not confirmed", again);
            p.MustHold(again.Told.Receipt, 0, code);
        }, Needs.Gateway | Needs.Time),
    ];

    static Case Tcp(string name, string advice, Action<Probe> play, Needs needs = Needs.Nothing) =>
        new("tcp: " + name, Needs.Tcp | needs, advice, play);

    static byte[] Enquiry(Probe p) => p.Keyed(Status).ToBytes();
}
