using System.Text;
using Terminal.Ecr;
using Terminal.Ecr.Blocks;
using Terminal.Ecr.Session;
using Terminal.Payments;
using Terminal.Payments.Answers;
using Terminal.Scanner;

namespace Terminal.Tests.Ecr;

/// <summary>
/// Plays a dialogue and writes down all of it. The script's inputs are "till ..." (an APDU, in hex, sent as a block),
/// "desk ..." (a call of the checkout loop) and "wait n s"; what the terminal answers is indented, in the words of
/// <see cref="MessageWords"/>. The till acknowledges every block at once, until it is "deaf".
/// </summary>
sealed class Transcript
{
    readonly StringBuilder written = new();
    readonly EcrSession session;
    Moment now = new(TimeSpan.FromHours(1).Ticks);
    bool isDeaf;

    Effect.Progress Proof => new(Stage.Confirming, now + TimeSpan.FromSeconds(1)) { Proves = Slips.Sale.Id };

    Transcript(EcrSettings settings, bool isOutOfOrder)
    {
        session = new(settings, new CodeSeal(new byte[32]), () => isOutOfOrder);
        session.LineUp();
        Drain();
        written.Clear();
    }

    /// <summary>The script's inputs with the answers that really came.</summary>
    public static string Play(string script, EcrSettings? settings = null, bool isOutOfOrder = false)
    {
        var transcript = new Transcript(settings ?? new(), isOutOfOrder);
        foreach (var line in script.ReplaceLineEndings("\n").Split('\n').Where(l => l.Length > 0 && l[0] != ' '))
        {
            transcript.written.Append(line).Append('\n');
            transcript.Play(line);
            transcript.Settle();
        }
        return transcript.written.ToString();
    }

    public static void Check(string script, EcrSettings? settings = null, bool isOutOfOrder = false)
    {
        var played = Play(script, settings, isOutOfOrder);
        Assert.True(script.ReplaceLineEndings("\n").Trim('\n') + "\n" == played, played);
    }

    void Play(string line)
    {
        var words = line.Split(' ');
        switch (words[0])
        {
            case "till": Send(Hex.Bytes(string.Concat(words[1..]))); break;
            case "wait": Wait(now + TimeSpan.FromSeconds(double.Parse(words[1]))); break;
            case "unplug": session.LineDown(now); break;
            case "plug": session.LineUp(); break;
            case "deaf": isDeaf = true; break;
            default: Call(words[1], words.Length > 2 ? words[2] : ""); break;
        }
    }

    /// <summary>Byte by byte, as a slow line gives them.</summary>
    void Send(byte[] apdu)
    {
        foreach (var b in Frame.Encode(apdu))
        {
            session.Feed([b], now);
        }
    }

    void Call(string call, string what)
    {
        switch (call)
        {
            case "rejects": session.Offer(new(Slips.Sale, Rejected(what), Moment.Never), now); break;
            case "cannot-confirm": session.Offer(new(Slips.Sale, new Outcome.NotConfirmed(), now), now); break;
            case "completes": session.Complete(Slips.Completed(what), now); break;
            case "closes": session.Close(new(Slips.Sale.Id, Rejected(what)), now); break;
            case "refuses": session.Refuse(new(Enum.Parse<RefusalReason>(what)), now); break;
            case "shows": session.Show(new(Enum.Parse<Stage>(what), now + TimeSpan.FromSeconds(23)), now); break;
            case "asks-for-proof": session.Show(Proof, now); break;
            case "completes-the-return": session.Complete(new(Slips.Reversal.Id), now); break;
            case "closes-what-stands":
                session.Close(new(Slips.Offers[what].Order.Id, Slips.Offers[what].Outcome), now);
                break;
            case "closes-the-return": session.Close(new(Slips.Reversal.Id, Slips.TooOld), now); break;
            case "completes-the-closing": session.Complete(new(Slips.EndOfDay.Id), now); break;
            case "reports": session.Report(new(Slips.EndOfDay), now); break;
            case "reports-what-was-closed-before":
                session.Report(new(Slips.EndOfDay) { IsClosedBefore = true }, now);
                break;
            default:
                var (order, outcome) = Slips.Offers[call];
                session.Offer(new(order, outcome, Moment.Never) { IsRepeat = what == "once-more" }, now);
                break;
        }
    }

    static Outcome.Rejected Rejected(string why) => new(new NotPaid(Enum.Parse<NotPaidReason>(why)));

    /// <summary>Lets the gaps between blocks pass.</summary>
    void Settle()
    {
        Drain();
        while (session.WakeAt <= now + TimeSpan.FromMilliseconds(60))
        {
            now = Moment.Latest(now, session.WakeAt);
            session.TimePassed(now);
            Drain();
        }
    }

    void Wait(Moment until)
    {
        Settle();
        while (session.WakeAt <= until)
        {
            now = Moment.Latest(now, session.WakeAt);
            session.TimePassed(now);
            Settle();
        }
        now = until;
    }

    void Drain()
    {
        while (session.TryTake(out var output))
        {
            switch (output)
            {
                case SessionOutput.Write { Bytes: [Frame.Ack] }:
                    break;
                case SessionOutput.Write { Bytes: [Frame.Nak] }:
                    Note("NAK");
                    break;
                case SessionOutput.Write e:
                    Lines(e.Bytes).ForEach(Note);
                    session.Feed(isDeaf ? [] : [Frame.Ack], now);
                    break;
                case SessionOutput.Post e:
                    Note(Words(e.Input));
                    break;
                case SessionOutput.Display { Text: var text }:
                    Note($"(display: {string.Join('|', text.Lines)}, {text.Beeps} beeps, for {text.Lasts})");
                    break;
                case SessionOutput.Reopen e:
                    Note($"(line opened at {e.Baud})");
                    session.LineDown(now);
                    session.LineUp();
                    break;
            }
        }
    }

    void Note(string what) => written.Append("    ").Append(what).Append('\n');

    /// <summary>The message in a block in words, in lines of at most 96.</summary>
    static List<string> Lines(byte[] block)
    {
        var decoder = new FrameDecoder(TimeSpan.FromSeconds(1));
        var apdu = block.Select(b => decoder.Push(b, default)).OfType<Received.Block>().Single().Apdu;
        List<string> lines = [""];
        foreach (var word in MessageWords.Of(apdu).Split(' ').SelectMany(w => w.Chunk(80).Select(c => new string(c))))
        {
            if (lines[^1].Length + word.Length < 96)
            {
                lines[^1] += lines[^1].Length > 0 ? " " + word : word;
            }
            else
            {
                lines.Add("  " + word);
            }
        }
        return lines;
    }

    static string Words(LoopInput input) => input switch
    {
        Arrival.Instructed e => $"< instructed {e.Amount}, {e.Code?.ToString() ?? "own scanner"}" +
            (e.IsNew ? ", new" : "") + (e.Objection is { } why ? $", objection {why}" : "") +
            (e.Mirror is { } m ? $", has receipt {m.Receipt?.ToString() ?? "none"}" : ""),
        Arrival.ReturnInstructed { Request: var r } =>
            $"< {r.Kind} of {r.Reference?.Value}{r.Receipt:0000} [{r.Amount}]",
        DeskInput.Answered e => $"< answered {e.Answer}{(e.Delivered > 0 ? $" {e.Delivered}" : "")}",
        DeskInput.Closed e => $"< closed {e.Acknowledged}",
        Arrival.RepeatAsked { Payment: { } id } => $"< RepeatAsked of {id}",
        _ => $"< {input.GetType().Name}",
    };
}
