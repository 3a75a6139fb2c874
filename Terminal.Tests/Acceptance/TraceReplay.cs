using System.Net;
using Sandbox.Acceptance;
using Terminal.Ecr.Blocks;
using Terminal.Ecr.Messages;
using Terminal.Ecr.Session;
using Terminal.Payments;
using Terminal.Payments.Answers;
using Terminal.Payments.Orders;
using Terminal.Scanner;

namespace Terminal.Tests.Acceptance;

/// <summary>
/// Plays what a till sent in a recorded trace into a real session, in virtual time. What the checkout decides is taken
/// from the trace (which outcome, when); how and when it is told, repeated and closed is the session's own doing.
/// </summary>
sealed class TraceReplay
{
    /// <summary>Times in a trace are rounded, and the machine that it was recorded on had other work.</summary>
    static readonly TimeSpan Rounding = TimeSpan.FromSeconds(0.3);

    static readonly byte[] Unreadable = [Frame.Dle, Frame.Stx, 0x00, Frame.Dle, Frame.Etx, 0x00, 0x00];

    readonly bool isTcp;
    readonly Queue<string> said = [];
    readonly FrameDecoder hears = new(TimeSpan.FromDays(1));
    readonly List<string> story = [];
    EcrSession session = null!;
    Moment now = new(TimeSpan.FromHours(1).Ticks);
    bool isUp;
    Order? order;
    Outcome? told;
    bool isUndecided, isCutOff;
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
        var entries = TraceEntry.ReadAll(new StringReader(trace)).ToList();
        for (var i = 0; i < entries.Count; i++)
        {
            replay.DecideUnheard(entries.Skip(i));
            replay.Take(entries[i], start + entries[i].At);
        }
        replay.story.AddRange(replay.said.Select(s => $"< {s} (not in the trace)"));
        return replay.story;
    }

    /// <summary>The same of the recorded one.</summary>
    public static IReadOnlyList<string> Lines(string trace) =>
    [
        .. trace.Split('\n').Select(l => l.Split('#')[0].Trim()).Where(l => l.Length > 0)
            .Select(l => l.Split(' ', 2)[1]),
    ];

    void Start()
    {
        session = new(
            new() { Tcp = isTcp ? new IPEndPoint(IPAddress.Loopback, 1) : null }, new CodeSeal(new byte[32]));
        session.LineUp();
        (isUp, isUndecided, isCutOff) = (true, false, false);
        Drain();
    }

    void Take(TraceEntry entry, Moment at)
    {
        switch (entry)
        {
            case TraceEntry.Message { IsFromEcr: true } e:
                if (Apdu.Read(e.Apdu) is { IsAnswer: false, Command: var command })
                {
                    lastResult = "";
                    isUndecided |= command == Command.Authorisation;
                }
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
                (isUp, isCutOff) = (false, isUndecided);
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

    /// <summary>
    /// An order whose connection went is decided while nobody hears of it; it is when the next one is taken again.
    /// </summary>
    void DecideUnheard(IEnumerable<TraceEntry> rest)
    {
        if (isUp && isCutOff && rest.First() is TraceEntry.Message { IsFromEcr: true } next &&
            Apdu.Read(next.Apdu) is { IsAnswer: false })
        {
            var answers = rest.OfType<TraceEntry.Message>().Where(m => !m.IsFromEcr).ToList();
            if (Apdu.Read(answers[0].Apdu) is { IsPositive: true })
            {
                Decide(answers.First(m => m.Apdu is [0x04, 0x0F, ..]).Apdu);
            }
        }
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
            case (Outcome.Approved, var answer)
                when answer == EcrAnswer.Acknowledged || order is Return:
                session.Complete(new(e.Payment), now);
                break;
            case (Outcome.Approved, _) when order is EndOfDay:
                session.Close(new(e.Payment, told), now);
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
        (isUndecided, isCutOff) = apdu.Command == Command.StatusInformation ? (false, false) : (isUndecided, isCutOff);
        switch (apdu.Command)
        {
            case Command.IntermediateStatus:
                session.Show(new(TracedResult.StageOf(apdu), Moment.Never), now);
                break;
            case Command.StatusInformation when fields.Get(Bmp.SingleTotals) is not null:
                DecidePeriod(fields);
                break;
            case Command.StatusInformation when fields.Has(Bmp.Receipt):
                order = TracedResult.OrderOf(fields);
                told = TracedResult.OutcomeOf(order, fields);
                session.Offer(new(order, told, Moment.Never), now);
                break;
            case Command.StatusInformation:
                session.Refuse(TracedResult.RefusalOf(fields), now);
                break;
        }
        Drain();
    }

    void DecidePeriod(Fields fields)
    {
        var closing = TracedResult.PeriodOf(fields);
        order = closing;
        if (fields.Has(Bmp.Trace))
        {
            told = new Outcome.Approved("");
            session.Offer(new(closing, told, Moment.Never), now);
        }
        else
        {
            session.Report(new(closing) { IsClosedBefore = TracedResult.IsClosedBefore(fields) }, now);
        }
    }
}
