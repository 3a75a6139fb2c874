using Terminal.Payments;

namespace Terminal.Ecr;

/// <summary>The instruction of the ECR that is being worked on; only one is at a time.</summary>
/// <param name="number">Its message number (TLV 1F73), if it has one.</param>
sealed class OpenCommand(ReplyTerms terms, int? number)
{
    int repeats;

    public ReplyTerms Terms => terms;

    public int? Number => number;

    /// <summary>Known once the desk has an outcome.</summary>
    public Effect.Offer? Offer { get; private set; }

    public PaymentId? Payment => Offer?.Sale.Id;

    /// <summary>The desk was told of it.</summary>
    public bool IsPosted { get; set; }

    /// <summary>Its result is being told: too late to abort it.</summary>
    public bool IsEnding { get; private set; }

    /// <summary>04 0F was sent and is not answered.</summary>
    public bool IsOnOffer { get; private set; }

    /// <summary>
    /// The ECR asked 06 20 in the middle of it: it has lost track and will ask again, whatever it makes of a 04 0F that
    /// comes by itself.
    /// </summary>
    public bool WasAskedFor { get; set; }

    /// <summary>
    /// Its result has nowhere to go: the connection that it came on is gone, or the ECR registered anew. 06 20 takes it
    /// over. Null: somebody waits for it.
    /// </summary>
    public EcrAnswer? CutBy { get; set; }

    public bool IsCutOff => CutBy is not null;

    /// <summary>The desk has said that it works on it; until then it may end at once.</summary>
    public bool IsUnderWay { get; set; }

    /// <summary>06 10, whose answer must not be taken for the result of an order.</summary>
    public bool IsTotals { get; init; }

    /// <summary>The ECR wanted the result again more often than it had said.</summary>
    public bool IsExhausted { get; private set; }

    public void End() => IsEnding = true;

    public void End(Effect.Offer offer) => (Offer, IsEnding, IsOnOffer, IsPutOff) = (offer, true, true, false);

    /// <summary>The ECR issued goods for so much of it, and the receipts say so.</summary>
    public void Reduce(long delivered) =>
        Offer = Offer! with { Sale = Offer.Sale with { Delivered = delivered } };

    /// <summary>04 0F is answered, or never will be.</summary>
    public void EndOffer() => IsOnOffer = false;

    /// <summary>The ECR asked for its 04 0F once more, a little later (84 9C).</summary>
    public bool IsPutOff { get; set; }

    /// <summary>What became of the 04 0F of this command, or of one before it.</summary>
    public static EcrAnswer Read(DialogueEvent.Settled e, OpenCommand? open) => e switch
    {
        { LineDown: true } => EcrAnswer.LineDown,
        { Answer.IsPositive: true } => EcrAnswer.Acknowledged,
        { Answer.Command: 0x8400 | ResultCode.PleaseWait } when open?.CountRepeat() != false => EcrAnswer.NotYet,
        // As good as no line: its next 06 20 is told.
        _ when open is { WasAskedFor: true } => EcrAnswer.LineDown,
        { Answer: null } => EcrAnswer.Silent,
        _ when IssuedGoods.Of(e.Answer) is not null => EcrAnswer.InPart,
        // Of an ECR that mirrors receipts silence would leave the approval standing.
        { Answer.Command: 0x8400 | ResultCode.PleaseWait } when !open.Terms.IsMirrored => EcrAnswer.Silent,
        _ => EcrAnswer.Refused,
    };

    /// <summary>The ECR asks for the result once more (84 9C); false after as often as it said it would.</summary>
    bool CountRepeat()
    {
        IsExhausted = ++repeats > (terms.MaxStatus ?? int.MaxValue);
        return !IsExhausted;
    }
}
