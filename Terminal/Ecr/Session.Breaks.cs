using Terminal.Payments;

namespace Terminal.Ecr;

/// <summary>What becomes of the command under way when its line breaks, or its ECR begins something new.</summary>
public sealed partial class Session
{
    /// <summary>Who connects next did not order it, and must not hear of it before asking.</summary>
    void CutOff(EcrAnswer by)
    {
        progress.Stop();
        if (open is { IsEnding: true })
        {
            if (open is { IsPutOff: true, Payment: { } payment })
            {
                Post(new DeskInput.Answered(payment, by));
            }
            (untold, open) = (open.Payment, null);
        }
        open?.CutBy = by;
    }

    /// <summary>What still waits for a code is wanted no more.</summary>
    void TellGone()
    {
        if (open is { IsEnding: false })
        {
            Post(new DeskInput.TillGone());
        }
    }

    /// <summary>The ECR begins something new: what it has not answered by now, it never will.</summary>
    /// <param name="isAnew">It registers: it does not wait for the command under way any more.</param>
    void Begin(bool isAnew)
    {
        passedOn = open is { IsOnOffer: true, Payment: { } payment }
            ? (payment, isAnew ? EcrAnswer.Restarted : EcrAnswer.LineDown)
            : null;
        if (isAnew)
        {
            TellGone();
            CutOff(EcrAnswer.Restarted);
        }
        dialogue.Forget();
    }

    /// <summary>
    /// What lost its ECR ends at once unless it is being paid. The desk says which within milliseconds; until then
    /// nobody can tell whether we are busy.
    /// </summary>
    bool MustWait(Apdu apdu) => open is { IsCutOff: true, IsUnderWay: false } &&
        CommandTable.Find(apdu.Command) is { When: Permitted.Idle } row &&
        (row.Command != Command.RepeatReceipt || open.IsTotals) && !reception.IsResend(apdu);
}
