using System.Text;
using Sandbox.Ecr;
using static Sandbox.Conform.Checks;
using static Sandbox.Ecr.Orders;

namespace Sandbox.Conform.Cases;

/// <summary>What a till can agree on with its registration, and the commands around the payments.</summary>
static class NegotiationCases
{
    const string Optional = "Ask for it only if the till can do it; without it everything works too.";
    const string Print = "Print each line as it comes; acknowledge it, or say 84 CC if there is no paper.";
    const string Numbers = "Give each message the next number; an order that comes again keeps its number.";
    const string Mirror = "Send with each order the number of the last receipt you hold, in 1F1F.";

    const int PrintLine = 0x06D1, PrintBlock = 0x06D3;

    public static IEnumerable<Case> All =>
    [
        new("print: line by line with 06 D1, before 06 0F", Needs.Gateway, Print, p =>
        {
            var talk = Sell(p, "82 0978 06 00", Pay(Approved, NewCode())).MustEnd(0);
            var lines = talk.Messages.Where(m => m.Command == PrintLine).ToList();
            Must(lines.Count > 4 && lines[^1].Data is [0x81], "lines, the last one 81", talk);
            Must(talk.Messages is [{ Command: 0x040F }, .., { Command: 0x060F }], "04 0F, lines, 06 0F", talk);
        }),
        new("print: in blocks with 06 D3 for a till that permits it", Needs.Gateway, Print, p =>
        {
            var talk = Sell(p, "82 0978 06 06 26 04 0A 02 06D3", Pay(Approved, NewCode())).MustEnd(0);
            Must(talk.Count(PrintBlock) > 0 && talk.Count(PrintLine) == 0, "06 D3 and no 06 D1", talk);
        }),
        new("print: nothing for a till that makes its own receipts", Needs.Gateway, Print, p =>
        {
            var talk = Sell(p, "02 0978 06 00", Pay(Approved, NewCode())).MustEnd(0);
            Must(talk.Count(PrintLine) + talk.Count(PrintBlock) == 0, "neither 06 D1 nor 06 D3", talk);
        }),
        new("print: no paper is no reason to give the sale up", Needs.Gateway, Print, p =>
        {
            var code = NewCode();
            p.Run(Telegram.Of(0x0600, "000000 82 0978 06 00")).MustComplete();
            var talk = p.Run(Pay(Approved, code), Reaction.On(PrintLine, new Reaction.Refuse(0xCC), 100)).MustEnd(0);
            p.MustHold(talk.Told.Receipt, Approved, code);
        }),
        Agreed("charset: UTF-8 is agreed on when the till has it", "27 03 14 01 FE", "27 03 14 01 FE"),
        Agreed("charset: the first of the till's that the terminal has", "27 06 14 01 03 14 01 01", "27 03 14 01 01"),
        Agreed("commands: the terminal lists what it takes", "26 04 0A 02 06D3", "0A 02 06 01"),
        Agreed("size: the longest message is told", "1A 02 0400", "1A 02"),
        new("language: 08 30 switches the texts to German", Needs.Nothing, Optional, p =>
        {
            p.Run(Telegram.Of(0x0830, "00")).MustComplete();
            p.Start(Pay(Approved, null)).First.MustBe(0x8000);
            p.Ask(0x06B0).MustBe(0x8000);
            var text = p.Follow().MustEnd(0x6C).Told.Text;
            Must(text.Contains("Abgebrochen", StringComparison.Ordinal), "\"Abgebrochen\" in 3C", text);
        }),
        Served("06 70, diagnosis", 0x0670, ""),
        Served("06 79, self-test", 0x0679, ""),
        Served("06 93, initialisation", 0x0693, "000000"),
        Unsupported("06 12, reprint", 0x0612, "000000"),
        Unsupported("06 91, set the clock", 0x0691, "000000 AA 261121 0C 120000"),
        new("display: 06 E0 is answered with 80 00 00 alone, or with 84 83 where there is no display", Needs.Nothing,
            Optional, p =>
            {
                var answer = p.Ask(0x06E0, "F0 02 F1 F1F0 48616C6C6F2057656C74");
                Must(answer.Command is 0x8000 or 0x8483, "80 00 00 or 84 83 00", answer);
                p.NothingFollows();
                p.MustBeReady();
            }),
        new("speed: 08 40 with a rate that is none is refused", Needs.Nothing, Optional, p =>
            p.Ask(0x0840, "05").MustBe(p.Around.IsTcp ? 0x8483 : 0x84FD)),
        new("code: 120 characters in the container of a barcode", Needs.Gateway,
            "For codes that are too long for 2D; TLV 1F71 of the registration says whether the terminal reads it.", p =>
            {
                var code = NewCode().PadRight(120, 'A');
                var data = $"{Amount(Approved)} 06 81 81 E3 7F 1F2E 01 0A 1F2F 78 {Hex(code)}";
                p.MustHold(p.Run(Telegram.Of(0x0601, data)).MustEnd(0).Told.Receipt, Approved, code);
            }),
        new("code: of another wallet than the card type names, declined with 73", Needs.Nothing, "Name none.", p =>
        {
            var data = $"{Amount(Approved)} {Digits(NewCode())} 8A FF 06 08 41 02 0105 1F2D 01 02";
            p.Run(Telegram.Of(0x0601, data)).MustEnd(0x73);
        }),
        new("result: asked for with 84 9C more often than 02 allows, given up", Needs.Gateway | Needs.Time,
            "Ask at most as often as you said; then the sale is returned.", p =>
            {
                var code = NewCode();
                var order = Telegram.Of(0x0601, $"{Amount(Approved)} {Digits(code)} 02 01 {FromBarcode}");
                p.Run(order, Reaction.On(0x040F, new Reaction.Refuse(0x9C), 2));
                var again = p.Repeat();
                Must(again.Status?.Result is not (null or 0), "not paid", again);
                p.MustHold(again.Told.Receipt, 0, code);
            }),
        new("numbers: 1F73 is agreed on, and every answer carries one", Needs.Nothing, Numbers, p =>
        {
            var talk = p.Run(Telegram.Of(0x0600, "000000 86 0978 06 06 1F73 03 000000")).MustComplete();
            Must(Holds(talk.End!, "1F73 03"), "1F73 in 06 0F", talk);
            var answer = p.Ask(0x0501, "000000 06 06 1F73 03 000002");
            Must(Holds(answer, "1F73 03 000002"), "80 00 with the number of the command", answer);
            p.Take(p.Patience.Answer).MustBe(0x060F);
            p.Send(Telegram.Yes);
        }),
        new("numbers: an order with the same number is told again, not charged again", Needs.Gateway, Numbers, p =>
        {
            p.Run(Telegram.Of(0x0600, "000000 86 0978 06 06 1F73 03 000000")).MustComplete();
            var code = NewCode();
            var order = Telegram.Of(0x0601, $"{Amount(Approved)} {Digits(code)} 06 0A 1F2D 01 02 1F73 03 000100");
            var first = p.Run(order).MustEnd(0).Told.Receipt;
            var second = p.Run(order).MustEnd(0).Told.Receipt;
            Must(first == second, $"receipt {first} again", second);
            p.MustBeCharged(code, Approved);
        }),
        new("mirror: with 1F1F silence does not give the sale up", Needs.Gateway | Needs.Time, Mirror, p =>
        {
            var code = NewCode();
            p.Run(Mirrored(code, ""), Reaction.On(0x040F, new Reaction.Mute()));
            p.MustHold(p.Repeat().MustEnd(0).Told.Receipt, Approved, code);
        }),
        new("mirror: an order one receipt behind gives the last one up", Needs.Gateway | Needs.Time, Mirror, p =>
        {
            var (known, lost, next) = (NewCode(), NewCode(), NewCode());
            var receipt = p.Run(Mirrored(known, "")).MustEnd(0).Receipt;
            p.Run(Mirrored(lost, $"{receipt:X4}"), Reaction.On(0x040F, new Reaction.Mute()));
            p.MustHold(p.Run(Mirrored(next, $"{receipt:X4}")).MustEnd(0).Told.Receipt, Approved, next);
            p.MustBeCharged(lost, 0);
            p.MustBeCharged(known, Approved);
        }),
    ];

    static Case Agreed(string name, string offered, string answered) => new(name, Needs.Nothing, Optional, p =>
    {
        var length = Octets.Parse(offered).Length;
        var talk = p.Run(Telegram.Of(0x0600, $"000000 86 0978 06 {length:X2} {offered}")).MustComplete();
        Must(Holds(talk.End!, answered), $"{answered} in 06 0F", talk);
    });

    static Case Served(string name, int command, string data) => new("upkeep: " + name, Needs.Nothing, Optional, p =>
    {
        p.Run(Telegram.Of(command, data)).MustComplete();
        p.MustBeReady();
    });

    static Case Unsupported(string name, int command, string data) => new(
        $"upkeep: {name}, is refused with 84 83", Needs.Ours, "Nothing: the terminal does not do this.", p =>
        {
            p.Ask(command, data).MustBe(0x8483);
            p.MustBeReady();
        });

    static Talk Sell(Probe p, string registration, Telegram order)
    {
        p.Run(Telegram.Of(0x0600, "000000 " + registration)).MustComplete();
        return p.Run(order);
    }

    static Telegram Mirrored(string code, string receipt)
    {
        var length = receipt.Length / 2;
        var container = $"06 {7 + length:X2} 1F2D 01 02 1F1F {length:X2} {receipt}";
        return Telegram.Of(0x0601, $"{Amount(Approved)} {Digits(code)} {container}");
    }

    static bool Holds(Telegram telegram, string hex) => telegram.Data.AsSpan().IndexOf(Octets.Parse(hex)) >= 0;

    static string Hex(string text) => Convert.ToHexString(Encoding.ASCII.GetBytes(text));
}
