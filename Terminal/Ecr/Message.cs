using Terminal.Payments;

namespace Terminal.Ecr;

/// <summary>A command of ours to the ECR; the next one may leave once this one is answered or given up.</summary>
/// <param name="By">The first byte leaves by then.</param>
/// <param name="Answer">How long the ECR may take to answer.</param>
public sealed record Message(Apdu Apdu, Purpose Purpose, Moment By, TimeSpan Answer)
{
    /// <summary>How often it made way for a command that the ECR sent at the same time.</summary>
    public int Collisions { get; init; }
}

/// <summary>What a <see cref="Message"/> is for, and so who cares how it ends.</summary>
public abstract record Purpose
{
    Purpose() { }

    /// <summary>04 FF: may be dropped for anything else.</summary>
    /// <param name="Proves">Once the ECR has it, this order's ECR is there; null: nobody asks.</param>
    public sealed record Progress(PaymentId? Proves = null) : Purpose;

    /// <summary>04 0F of a payment.</summary>
    public sealed record Offer(PaymentId Payment) : Purpose;

    /// <summary>06 0F of a payment.</summary>
    public sealed record Complete(PaymentId Payment) : Purpose;

    /// <summary>06 1E; no payment if the command moved nothing.</summary>
    public sealed record Close(PaymentId? Payment) : Purpose;

    /// <summary>04 0F with totals; 06 0F follows.</summary>
    public sealed record Report : Purpose;

    /// <summary>04 0F of a command that moved nothing; 06 1E follows with the same code.</summary>
    public sealed record Refusal(Verdict Verdict) : Purpose;

    /// <summary>Part of a receipt; once one is not taken, the rest is not sent.</summary>
    public sealed record Print : Purpose;

    /// <summary>Part of a command that the desk does not know of, such as the 06 0F of a status enquiry.</summary>
    public sealed record Local : Purpose;
}
