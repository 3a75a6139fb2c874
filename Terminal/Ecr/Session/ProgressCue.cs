using Terminal.Ecr.Messages;
using Terminal.Ecr.Receipts;
using Terminal.Panel.Words;
using Terminal.Payments;
using Terminal.Payments.Orders;

namespace Terminal.Ecr.Session;

/// <summary>
/// Sends the newest stage of a payment as 04 FF: at once, then every 10 s, and never after its last moment.
/// </summary>
sealed class ProgressCue(TimeSpan every)
{
    /// <summary>BCD minutes that the ECR waits for the next message (T4), well above our 30 s.</summary>
    const byte PatienceMinutes = 0x03;

    const byte PleaseWait = 0x0E, WaitingForHost = 0x04, Reversing = 0x05, SeeText = 0xFF;

    static readonly Phrase
        Scan = new("Please scan the payment code.", "Bitte Zahlungscode scannen."),
        Wait = new("One moment, please.", "Einen Moment bitte."),
        Submitting = new("Payment is being submitted.", "Zahlung wird gesendet."),
        Confirm = new("Please confirm on the phone.", "Bitte am Handy bestätigen."),
        Cancelling = new("Payment is being cancelled.", "Zahlung wird storniert."),
        Returning = new("Money is being returned.", "Betrag wird erstattet.");

    Effect.Progress? cue;
    Moment due;

    public void Start(Effect.Progress cue, Moment now) => (this.cue, due) = (cue, now);

    public void Stop() => cue = null;

    /// <summary>The order whose ECR the next status proves to be there; null if none.</summary>
    public PaymentId? Proves => cue?.Proves;

    /// <summary>When the next status is due.</summary>
    /// <param name="quietAt">The line is in use until then.</param>
    public Moment WakeAt(Moment quietAt)
    {
        var at = Moment.Latest(due, quietAt);
        return cue is null || at > cue.Until ? Moment.Never : at;
    }

    /// <summary>Null if the line became free too late: no status starts after the last moment.</summary>
    public Apdu? Next(ReplyTerms terms, Moment now)
    {
        if (now > cue!.Until)
        {
            Stop();
            return null;
        }
        due = now + every;
        var (code, text) = cue.Stage switch
        {
            Stage.AwaitingCode => (PleaseWait, Scan),
            Stage.Confirming => (PleaseWait, Wait),
            Stage.Submitting => (WaitingForHost, Submitting),
            Stage.WaitingForCustomer => (WaitingForHost, Confirm),
            Stage.Returning => (Reversing, Returning),
            _ => (Reversing, Cancelling),
        };
        return terms.KnowsTlv
            ? new(Command.IntermediateStatus, [SeeText, PatienceMinutes])
            {
                Tlvs = [Tlv.Of(Tag.DisplayTexts, Lines(text.In(terms.Language), terms))],
            }
            : new(Command.IntermediateStatus, [code, PatienceMinutes]);
    }

    /// <summary>Breaks a text to the size of the ECR's display.</summary>
    static IEnumerable<Tlv> Lines(string text, ReplyTerms terms)
    {
        const int Narrowest = 8;
        var (columns, lines) = terms.Agreed.Display;
        return (columns < Narrowest ? [text] : PrintText.Wrap(text, columns).Take(Math.Max(lines, 1)))
            .Select(line => new Tlv(Tag.TextLine, terms.Charset.Encode(line)));
    }
}
