using System.Diagnostics.CodeAnalysis;
using Terminal.Payments;

namespace Terminal.Checkout;

/// <summary>
/// An end-of-day and its preview tell what head office has. If head office is about to have more, they wait a little.
/// </summary>
/// <param name="follows">Is head office connected, and does it lack entries?</param>
sealed class Patience(Func<bool> follows)
{
    /// <summary>Well within the time that an ECR waits for 04 0F.</summary>
    static readonly TimeSpan Longest = TimeSpan.FromSeconds(3);

    LoopInput? held;
    Moment until;

    public Moment WakeAt => held is null ? Moment.Never : until;

    /// <summary>True: the input waits until <see cref="TryRelease"/> gives it back.</summary>
    public bool Holds(LoopInput input, Moment now)
    {
        if (input is not (Arrival.CloseInstructed or Arrival.TotalsAsked) || held is not null || !follows())
        {
            return false;
        }
        (held, until) = (input, now + Longest);
        return true;
    }

    /// <param name="isOver">Nothing is worth waiting for any more.</param>
    public bool TryRelease(Moment now, bool isOver, [MaybeNullWhen(false)] out LoopInput input)
    {
        input = held is not null && (isOver || now >= until || !follows()) ? held : null;
        held = input is null ? held : null;
        return input is not null;
    }
}
