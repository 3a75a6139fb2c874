using Terminal.Ecr.Blocks;
using Terminal.Panel.Words;
using Terminal.Payments;

namespace Terminal.Ecr;

/// <summary>What <see cref="ZvtEcr"/> is connected to. No call may block for long.</summary>
/// <param name="Open">Opens the line to the ECR; called again and again until it succeeds. The number is
/// the baud rate of a serial line, which the ECR may have changed.</param>
/// <param name="Post">The inbox of the loop.</param>
/// <param name="Report">Called whenever the line goes up or down, with one line of text.</param>
sealed record EcrPorts(Func<int, Opened> Open, Action<LoopInput> Post, Action<bool, string> Report)
{
    /// <summary>Whether every payment would be refused now.</summary>
    public Func<bool> IsOutOfOrder { get; init; } = () => false;

    /// <summary>
    /// Writes down that this order is accepted, or says why it cannot be accepted. 06 20 must know of every accepted
    /// order, even after a power cut.
    /// </summary>
    public Func<Arrival.Instructed, RefusalReason?> Bar { get; init; } = _ => null;

    /// <summary>How long the ECR may be silent while another one waits; null: without limit.</summary>
    public Func<TimeSpan?> Patience { get; init; } = () => null;

    /// <summary>The ECR sent a wrong password.</summary>
    public Action WrongPassword { get; init; } = () => { };

    /// <summary>The ECR has a text for the display.</summary>
    public Action<TillText> Display { get; init; } = _ => { };
}
