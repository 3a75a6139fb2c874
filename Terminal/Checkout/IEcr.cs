using Terminal.Payments;

namespace Terminal.Checkout;

/// <summary>
/// The cash register. No call waits. It answers every <see cref="Approve"/> and <see cref="Tell"/> with exactly one
/// <see cref="DeskInput.Answered"/>, every <see cref="Complete"/> and <see cref="Close"/> with exactly one
/// <see cref="DeskInput.Closed"/>, even when the line is gone. It never throws because of the line.
/// </summary>
interface IEcr
{
    /// <summary>04 0F with result code 00.</summary>
    void Approve(Durable offered, Effect.Offer offer);

    /// <summary>04 0F with any other result.</summary>
    void Tell(Effect.Offer offer);

    /// <summary>06 0F: the approval is acknowledged and durable.</summary>
    void Complete(Durable acknowledged, Effect.Complete complete);

    /// <summary>06 1E.</summary>
    void Close(Effect.Close close);

    /// <summary>
    /// Ends the ECR's command without a transaction: 04 0F and 06 1E with the refusal's code; needs no answer.
    /// </summary>
    void Refuse(Refusal refusal);

    /// <summary>Ends the ECR's command with the totals: 04 0F and 06 0F; needs no answer.</summary>
    void Report(Effect.Report report);

    /// <summary>04 FF, if the ECR asked for it; the link repeats the newest stage every 10 s.</summary>
    void Show(Effect.Progress progress);
}
