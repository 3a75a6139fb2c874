using Terminal.Ecr.Messages;
using Terminal.Payments;
using Terminal.Payments.Answers;
using static Terminal.Ecr.Session.SessionState.Telling.Result;

namespace Terminal.Ecr.Session;

/// <summary>How a 04 0F ended.</summary>
static class OfferAnswer
{
    const int PleaseWait = 0x8400 | ResultCode.PleaseWait;

    /// <param name="s">Null: the command of the 04 0F is over.</param>
    public static DeskInput.Answered Of(SessionInput.Settled e, OnOffer? s) =>
        IssuedGoods.Answered(((Purpose.Offer)e.Purpose).Payment, Read(e, s), e.Answer);

    /// <summary>
    /// The ECR asks for the result once more (84 9C), and has used up the number of repeats that it announced.
    /// </summary>
    public static bool IsTooOften(SessionInput.Settled e, OnOffer s) =>
        e.Answer is { Command: PleaseWait } && s.Repeats >= (s.Command.Terms.MaxStatus ?? int.MaxValue);

    static EcrAnswer Read(SessionInput.Settled e, OnOffer? s) => e switch
    {
        { How: MessageEnd.LineDown } => EcrAnswer.LineDown,
        { Answer.IsPositive: true } => EcrAnswer.Acknowledged,
        { Answer.Command: PleaseWait } when s is null || !IsTooOften(e, s) => EcrAnswer.NotYet,
        // This counts as a lost line, because the ECR's next 06 20 will be answered with the result.
        _ when s is { Command.WasAskedFor: true } => EcrAnswer.LineDown,
        { Answer: null } => EcrAnswer.Silent,
        _ when IssuedGoods.Of(e.Answer) is not null => EcrAnswer.InPart,
        // For an ECR that mirrors receipts, silence would leave the approval standing.
        { Answer.Command: PleaseWait } when s is { Command.Terms.IsMirrored: false } => EcrAnswer.Silent,
        _ => EcrAnswer.Refused,
    };
}
