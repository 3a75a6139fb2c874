using Terminal.Ecr.Messages;
using Terminal.Payments;
using Terminal.Payments.Answers;
using static Terminal.Ecr.Session.SessionState.Telling.Result;

namespace Terminal.Ecr.Session;

/// <summary>What became of a 04 0F.</summary>
static class OfferAnswer
{
    const int PleaseWait = 0x8400 | ResultCode.PleaseWait;

    /// <param name="s">Null: the command that it belongs to is over.</param>
    public static DeskInput.Answered Of(SessionInput.Settled e, OnOffer? s) =>
        IssuedGoods.Answered(((Purpose.Offer)e.Purpose).Payment, Read(e, s), e.Answer);

    /// <summary>The ECR asks for the result once more (84 9C), beyond as often as it said it would.</summary>
    public static bool IsTooOften(SessionInput.Settled e, OnOffer s) =>
        e.Answer is { Command: PleaseWait } && s.Repeats >= (s.Command.Terms.MaxStatus ?? int.MaxValue);

    static EcrAnswer Read(SessionInput.Settled e, OnOffer? s) => e switch
    {
        { How: MessageEnd.LineDown } => EcrAnswer.LineDown,
        { Answer.IsPositive: true } => EcrAnswer.Acknowledged,
        { Answer.Command: PleaseWait } when s is null || !IsTooOften(e, s) => EcrAnswer.NotYet,
        // As good as no line: its next 06 20 is told.
        _ when s is { Command.WasAskedFor: true } => EcrAnswer.LineDown,
        { Answer: null } => EcrAnswer.Silent,
        _ when IssuedGoods.Of(e.Answer) is not null => EcrAnswer.InPart,
        // Of an ECR that mirrors receipts silence would leave the approval standing.
        { Answer.Command: PleaseWait } when s is { Command.Terms.IsMirrored: false } => EcrAnswer.Silent,
        _ => EcrAnswer.Refused,
    };
}
