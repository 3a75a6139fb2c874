using System.Text;
using Terminal.Payments;

namespace Terminal.Ecr;

/// <summary>The newest stage of a payment as 04 FF: at once, then every 10 s, none after its last moment.</summary>
sealed class ProgressCue(TimeSpan every)
{
    /// <summary>BCD minutes that the ECR shall wait for the next message (T4); covers our 30 s with ease.</summary>
    const byte PatienceMinutes = 0x03;

    const byte PleaseWait = 0x0E, WaitingForHost = 0x04, Reversing = 0x05, SeeText = 0xFF;

    Effect.Progress? cue;
    Moment due;

    public void Start(Effect.Progress cue, Moment now) => (this.cue, due) = (cue, now);

    public void Stop() => cue = null;

    /// <summary>When the next one is to start.</summary>
    /// <param name="quietAt">Not before then: the line is in use.</param>
    public Moment WakeAt(Moment quietAt)
    {
        var at = Moment.Latest(due, quietAt);
        return cue is null || at > cue.Until ? Moment.Never : at;
    }

    /// <summary>Null if the line came free too late: none starts after the last moment.</summary>
    public Apdu? Next(bool withText, Moment now)
    {
        if (now > cue!.Until)
        {
            Stop();
            return null;
        }
        due = now + every;
        var (code, text) = cue.Stage switch
        {
            Stage.AwaitingCode => (PleaseWait, "Please scan the payment code."),
            Stage.Submitting => (WaitingForHost, "Payment is being submitted."),
            Stage.WaitingForCustomer => (WaitingForHost, "Please confirm on the phone."),
            Stage.Returning => (Reversing, "Money is being returned."),
            _ => (Reversing, "Payment is being cancelled."),
        };
        var data = new FieldWriter().Raw(withText ? SeeText : code, PatienceMinutes);
        if (withText)
        {
            var line = new Tlv(0x07, Encoding.ASCII.GetBytes(text));
            data.Tlvs(new Tlv(0x24, line.ToBytes()));
        }
        return new(Command.IntermediateStatus, data.ToBytes());
    }
}
