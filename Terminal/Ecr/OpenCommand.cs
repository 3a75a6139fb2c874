using Terminal.Payments;

namespace Terminal.Ecr;

/// <summary>The ECR's 06 01 or 06 20 that is being worked on; only one is at a time.</summary>
sealed class OpenCommand(ReplyTerms terms)
{
    int repeats;

    public ReplyTerms Terms => terms;

    /// <summary>Known once the desk has an outcome.</summary>
    public PaymentId? Payment { get; set; }

    /// <summary>The desk was told of it.</summary>
    public bool IsPosted { get; set; }

    /// <summary>Its result is being told: too late to abort it.</summary>
    public bool IsEnding { get; set; }

    /// <summary>The ECR asks for the result once more (84 9C); false after as often as it said it would.</summary>
    public bool CountRepeat() => ++repeats <= (terms.MaxStatus ?? int.MaxValue);
}
