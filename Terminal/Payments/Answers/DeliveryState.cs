namespace Terminal.Payments.Answers;

/// <summary>What the ECR knows of one payment.</summary>
abstract record DeliveryState
{
    DeliveryState() { }

    public virtual Moment WakeAt => Moment.Never;

    /// <summary>The ECR waits; at <c>Due</c> it is told "not confirmed".</summary>
    public sealed record Undecided(Moment Due, Moment By) : DeliveryState
    {
        public override Moment WakeAt => Due;
    }

    /// <summary>04 0F is out (durable before its first byte).</summary>
    /// <param name="Repeats">How often the ECR asked for it again (84 9C).</param>
    /// <param name="Until">No word from the link by then counts as silence.</param>
    public sealed record Offered(Outcome Outcome, int Repeats, Moment Until) : DeliveryState
    {
        public override Moment WakeAt => Until;
    }

    /// <summary>The ECR asked for patience (84 9C): 04 0F goes out again at the given moment.</summary>
    public sealed record Repeating(Outcome Outcome, int Repeats, Moment At) : DeliveryState
    {
        public override Moment WakeAt => At;
    }

    /// <summary>
    /// An approval whose fate at the ECR is unknown (power loss, line down): the money is kept for now.
    /// </summary>
    /// <param name="Until">
    /// When the approval is withdrawn; never: the link is not ready, or a person or the next order decides.
    /// </param>
    public sealed record Held(Outcome.Approved Outcome, Moment Until) : DeliveryState
    {
        public override Moment WakeAt => Until;
    }

    /// <summary>The ECR acknowledged the approval (durable before 06 0F leaves). It stands.</summary>
    public sealed record Acknowledged(Outcome.Approved Outcome) : DeliveryState;

    /// <summary>The ECR acknowledged 06 0F too: a new order with the same code is a new sale.</summary>
    public sealed record Completed(Outcome.Approved Outcome) : DeliveryState;

    /// <summary>The approval is taken back; 27 00 never leaves again.</summary>
    /// <param name="Known">The ECR has heard that it is not paid.</param>
    public sealed record Withdrawn(bool Known) : DeliveryState;

    /// <summary>We told the ECR the outcome, or tried to: of a sale, that it is not paid or not confirmed.</summary>
    public sealed record Told(Outcome Outcome) : DeliveryState;

    /// <summary>A settled delivery is being told again (06 20, or the same order again).</summary>
    public sealed record Retelling(DeliveryState Settled, Outcome Outcome, RetellStage Stage = RetellStage.Offered)
        : DeliveryState;
}

/// <summary>How far the retelling is. Each stage is left only once, so 06 0F or 06 1E is wanted only once.</summary>
enum RetellStage
{
    /// <summary>04 0F is out.</summary>
    Offered,
    /// <summary>06 0F is wanted.</summary>
    Completing,
    /// <summary>
    /// 06 1E is wanted: nothing was approved, or the ECR refused what stands (84 xx), or it did not hear the totals of
    /// its end-of-day.
    /// </summary>
    Closing,
}

/// <summary>How the ECR answered 04 0F.</summary>
public enum EcrAnswer
{
    /// <summary>80 00 00 or 84 00: the ECR has the outcome.</summary>
    Acknowledged,
    /// <summary>84 xx: goods not issued.</summary>
    Refused,
    /// <summary>84 9D with an amount: goods were issued for that amount.</summary>
    InPart,
    /// <summary>84 9C: ask again in two seconds.</summary>
    NotYet,
    /// <summary>No answer after all sends.</summary>
    Silent,
    /// <summary>The line is gone; the outcome may not have left.</summary>
    LineDown,
    /// <summary>The ECR did not answer but registered anew (06 00): it forgot the command, and can ask 06 20.</summary>
    Restarted,
}

/// <summary>What can happen to one delivery.</summary>
abstract record DeliveryInput
{
    DeliveryInput() { }

    public sealed record TimePassed : DeliveryInput;

    /// <summary>The money has an outcome.</summary>
    public sealed record Decided(Outcome Outcome) : DeliveryInput;

    public sealed record Answered(EcrAnswer Answer) : DeliveryInput
    {
        /// <summary>The amount that <see cref="EcrAnswer.InPart"/> names, in minor units.</summary>
        public long Delivered { get; init; }
    }

    /// <summary>06 0F or 06 1E has ended.</summary>
    public sealed record Closed(bool Acknowledged) : DeliveryInput;

    /// <summary>The command took too long: we no longer wait for its end.</summary>
    public sealed record GivenUp : DeliveryInput;

    /// <summary>Tell the ECR again, as the payment stands now.</summary>
    public sealed record RepeatAsked(Outcome Current) : DeliveryInput;

    /// <summary>The ECR goes on with another financial command.</summary>
    public sealed record OtherCommand : DeliveryInput;

    /// <summary>The ECR goes on with another order, and tells whether it has booked this one.</summary>
    public sealed record Mirrored(bool HasBooked) : DeliveryInput;

    public sealed record LinkReady : DeliveryInput;

    /// <summary>A person decides that a held approval does not stand (06 20 decides that it does).</summary>
    public sealed record TakenBack : DeliveryInput;
}
