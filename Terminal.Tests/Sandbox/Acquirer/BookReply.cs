namespace Sandbox.Acquirer;

/// <summary>What the book answers, before it becomes JSON.</summary>
/// <param name="Status">S, F or U.</param>
/// <param name="Code">Result code.</param>
/// <param name="Payment">The payment in question, if the book has it.</param>
public sealed record BookReply(string Status, string Code, BookedPayment? Payment = null)
{
    /// <summary>Answer to an inquiry: payment status or refund status.</summary>
    public string Found { get; init; } = "";

    public RefundOrder? Refund { get; init; }
}
