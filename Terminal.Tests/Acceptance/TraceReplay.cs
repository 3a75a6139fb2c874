using System.Net;
using System.Text;
using System.Text.RegularExpressions;
using Terminal.Ecr;
using Terminal.Payments;
using Terminal.Scanner;

namespace Terminal.Tests.Acceptance;

/// <summary>
/// Plays what a till sent in a recorded trace into a real session, in virtual time. What the checkout decides is taken
/// from the trace (which outcome, when); how and when it is told, repeated and closed is the session's own doing.
/// </summary>
sealed partial class TraceReplay
{
    /// <summary>Times in a trace are rounded, and the machine that it was recorded on had other work.</summary>
    static readonly TimeSpan Rounding = TimeSpan.FromSeconds(0.3);

    static readonly Stamp Noon = new(new DateTimeOffset(2026, 1, 2, 12, 0, 0, TimeSpan.Zero).ToUnixTimeMilliseconds());

    static readonly byte[] Unreadable = [Frame.Dle, Frame.Stx, 0x00, Frame.Dle, Frame.Etx, 0x00, 0x00];

    readonly bool isTcp;
    readonly Queue<string> said = [];
    readonly FrameDecoder hears = new(TimeSpan.FromDays(1));
    readonly List<string> story = [];
    Session session = null!;
    Moment now = new(TimeSpan.FromHours(1).Ticks);
    bool isUp;
    Outcome? told;
    string lastResult = "";

    TraceReplay(bool isTcp)
    {
        this.isTcp = isTcp;
        Start();
    }

    /// <returns>The whole trace as it came out this time, line for line without the times.</returns>
    public static IReadOnlyList<string> Play(string trace, bool isTcp)
    {
        var replay = new TraceReplay(isTcp);
        var start = replay.now;
        foreach (var entry in TraceEntry.ReadAll(new StringReader(trace)))
        {
            replay.Take(entry, start + entry.At);
        }
        replay.story.AddRange(replay.said.Select(s => $"< {s} (not in the trace)"));
        return replay.story;
    }

    /// <summary>The same of the recorded one.</summary>
    public static IReadOnlyList<string> Lines(string trace) =>
        [.. trace.Split('\n').Where(l => l.Length > 0 && l[0] != '#').Select(l => l.TrimStart().Split(' ', 2)[1])];

    void Start()
    {
        session = new(
            new() { Tcp = isTcp ? new IPEndPoint(IPAddress.Loopback, 1) : null }, new CodeSeal(new byte[32]));
        session.LineUp();
        isUp = true;
        Drain();
    }

    void Take(TraceEntry entry, Moment at)
    {
        switch (entry)
        {
            case TraceEntry.Message { IsFromEcr: true } e:
                lastResult = Apdu.Read(e.Apdu) is { IsAnswer: false } ? "" : lastResult;
                Feed(isTcp ? e.Apdu : Frame.Encode(e.Apdu), at, $"> {Convert.ToHexString(e.Apdu)}");
                break;
            case TraceEntry.Receipt { IsFromEcr: true } e:
                Feed([e.IsPositive ? Frame.Ack : Frame.Nak], at, e.IsPositive ? "> ack" : "> nak");
                break;
            case TraceEntry.Broken { IsFromEcr: true }:
                Feed(Unreadable, at, "> broken");
                break;
            case TraceEntry.Message e:
                if (Apdu.Read(e.Apdu) is { Command: Command.StatusInformation } && !IsRepeated(e.Apdu))
                {
                    // The checkout's decision, also where something else would have been due at the same time.
                    Advance(at - Rounding, untilSaid: true);
                    Decide(e.Apdu);
                }
                Expect(at, () => Decide(e.Apdu));
                break;
            case TraceEntry.Receipt:
                Expect(at, () => { });
                break;
            case TraceEntry.Line { Baud: { } baud }:
                Open(baud);
                break;
            case TraceEntry.Line:
                story.Add("closed");
                isUp = false;
                session.LineDown(now);
                Drain();
                break;
        }
    }

    bool IsRepeated(byte[] result)
    {
        var last = lastResult;
        lastResult = Convert.ToHexString(result);
        return last == lastResult;
    }

    void Open(int baud)
    {
        story.Add($"open {baud}");
        if (isUp)
        {
            Start(); // Nobody closed it: the process was killed.
            return;
        }
        isUp = true;
        session.LineUp();
        Drain();
    }

    void Feed(byte[] bytes, Moment at, string shown)
    {
        Advance(at - Rounding);
        story.Add(shown);
        session.Feed(bytes, now);
        Drain();
    }

    /// <summary>The terminal said something about now: of itself, or because the checkout decided.</summary>
    void Expect(Moment at, Action decide)
    {
        if (said.Count == 0)
        {
            Advance(at + Rounding, untilSaid: true);
        }
        if (said.Count == 0)
        {
            decide();
            Advance(now + Rounding, untilSaid: true);
        }
        story.Add(said.TryDequeue(out var next) ? $"< {next}" : "< nothing");
    }

    void Advance(Moment until, bool untilSaid = false)
    {
        while (session.WakeAt <= until && !(untilSaid && said.Count > 0))
        {
            now = Moment.Latest(now, session.WakeAt);
            session.TimePassed(now);
            Drain();
        }
        now = untilSaid && said.Count > 0 ? now : Moment.Latest(now, until);
    }

    void Drain()
    {
        while (session.TryTake(out var output))
        {
            switch (output)
            {
                case SessionOutput.Write e when isTcp:
                    said.Enqueue(Convert.ToHexString(e.Bytes));
                    break;
                case SessionOutput.Write e:
                    foreach (var heard in e.Bytes.Select(b => hears.Push(b, default)).OfType<Received>())
                    {
                        said.Enqueue(heard switch
                        {
                            Received.Block block => Convert.ToHexString(block.Apdu),
                            Received.Ack => "ack",
                            _ => "nak",
                        });
                    }
                    break;
                case SessionOutput.Post { Input: DeskInput.Answered e }:
                    CloseAfter(e);
                    break;
            }
        }
    }

    /// <summary>What the checkout does with the till's answer, in short.</summary>
    void CloseAfter(DeskInput.Answered e)
    {
        switch (told, e.Answer)
        {
            case (_, EcrAnswer.NotYet) or (_, EcrAnswer.LineDown):
                break;
            case (Outcome.Approved, EcrAnswer.Acknowledged):
                session.Complete(new(e.Payment), now);
                break;
            case (Outcome.Approved, _):
                session.Close(new(e.Payment, new Outcome.Rejected(new(NotPaidReason.Withdrawn))), now);
                break;
            case ({ } rejected, _):
                session.Close(new(e.Payment, rejected), now);
                break;
        }
    }

    void Decide(byte[] message)
    {
        var apdu = Apdu.Read(message)!;
        var fields = Fields.Read(apdu.Data);
        switch (apdu.Command)
        {
            case Command.IntermediateStatus:
                session.Show(new(StageOf(apdu), Moment.Never), now);
                break;
            case Command.StatusInformation when fields.Get(Bmp.SingleTotals) is not null:
                DecidePeriod(fields);
                break;
            case Command.StatusInformation when fields.Has(Bmp.Receipt):
                var sale = SaleOf(fields);
                told = OutcomeOf(sale, Text(fields));
                session.Offer(new(sale, told, Moment.Never), now);
                break;
            case Command.StatusInformation:
                session.Refuse(RefusalOf(Text(fields)), now);
                break;
        }
        Drain();
    }

    void DecidePeriod(Fields fields)
    {
        var text = Text(fields);
        var m = Totals().Match(text);
        Assert.True(m.Success, text);
        int Count(int group) => int.Parse(m.Groups[group].Value);
        Tally Sum(int group) => new(Count(group), (long)(decimal.Parse(m.Groups[group + 1].Value) * 100));
        var receipts = fields.Get(Bmp.SingleTotals)!.Value.Span;
        var totals = new PeriodTotals(Sum(1), Sum(3), Sum(5),
            ((int)Bcd.Read(receipts[..2])!.Value, (int)Bcd.Read(receipts[2..4])!.Value), Count(9), Count(8))
        {
            Unresolved = Count(7),
        };
        var sale = new Sale(new("PERIOD"), 1, Number(fields, Bmp.Trace), new(totals.Net, Currency.Eur),
            Instruction.EndOfDay.Mark, Noon, null)
        {
            Instruction = new Instruction.EndOfDay(totals),
        };
        if (fields.Has(Bmp.Trace))
        {
            told = new Outcome.Approved("");
            session.Offer(new(sale, told, Moment.Never), now);
        }
        else
        {
            session.Report(new(sale), now);
        }
    }

    Sale SaleOf(Fields fields)
    {
        var receipt = Number(fields, Bmp.Receipt);
        var sale = new Sale(new($"P{receipt}"), receipt, Number(fields, Bmp.Trace),
            new(Number(fields, Bmp.Amount), Currency.Eur), new string('0', 32), Noon, null);
        if (!fields.Has(Bmp.OriginalTrace))
        {
            return sale;
        }
        var m = Returned().Match(Text(fields));
        var kind = m.Groups["what"].Value == "reversed" ? ReturnKind.Reversal : ReturnKind.Refund;
        return sale with
        {
            Instruction = new Instruction.Return(kind, new("P0"), m.Groups["gateway"].Value,
                int.Parse(m.Groups["receipt"].Value), Number(fields, Bmp.OriginalTrace)),
        };
    }

    static Outcome OutcomeOf(Sale sale, string text)
    {
        var gateway = Gateway().Match(text).Value;
        var code = Code().Match(text).Value;
        IEnumerable<Outcome> possible =
        [
            new Outcome.Approved(gateway), new Outcome.NotConfirmed(),
            .. Enum.GetValues<NotPaidReason>().Select(r => new Outcome.Rejected(new(r, code))),
        ];
        return possible.First(o => InstructionText.Of(sale, o).Text.English == text);
    }

    static Refusal RefusalOf(string text)
    {
        var receipt = int.TryParse(Receipt().Match(text).Value, out var number) ? number : 0;
        return Enum.GetValues<RefusalReason>().Select(r => new Refusal(r, receipt))
            .First(r => ResultCode.Of(r).Text.English == text);
    }

    static Stage StageOf(Apdu apdu)
    {
        var text = Encoding.ASCII.GetString(apdu.Data);
        return text.Contains("scan") ? Stage.AwaitingCode
            : text.Contains("submitted") ? Stage.Submitting
            : text.Contains("confirm") ? Stage.WaitingForCustomer
            : text.Contains("returned") ? Stage.Returning
            : Stage.Cancelling;
    }

    static string Text(Fields fields) => Encoding.ASCII.GetString(fields.Get(Bmp.Text)!.Value.Span);

    static int Number(Fields fields, byte bmp) => (int)(Bcd.Read((fields.Get(bmp) ?? default).Span) ?? 0);

    [GeneratedRegex(@"Sales (\d+) ([\d.]+), reversals (\d+) ([\d.]+), refunds (\d+) ([\d.]+), total .*Unresolved (\d+)\."
        + @" Head office (\d+)/(\d+)")]
    private static partial Regex Totals();

    [GeneratedRegex(@"Receipt (?<receipt>\d{4}): .* (?<what>reversed|refunded)\. PID:(?<gateway>.*)")]
    private static partial Regex Returned();

    [GeneratedRegex(@"(?<=PID:).*")]
    private static partial Regex Gateway();

    [GeneratedRegex(@"(?<=\[).*(?=\])")]
    private static partial Regex Code();

    [GeneratedRegex(@"(?<=[Rr]eceipt )\d{4}")]
    private static partial Regex Receipt();
}
