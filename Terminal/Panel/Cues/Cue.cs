using Terminal.Panel.Words;
using Terminal.Payments;
using Terminal.Payments.Answers;

namespace Terminal.Panel.Cues;

/// <summary>What people see and hear now.</summary>
abstract record Cue
{
    Cue() { }

    public Strip Strip { get; init; } = Strip.Unknown;

    public sealed record Starting : Cue;

    /// <param name="Notice">A notice that does not stop payments.</param>
    public sealed record Ready(FieldCode? Notice = null) : Cue;

    /// <summary>The till's own text, one line each; stands in place of <see cref="Ready"/> for a while.</summary>
    public sealed record OfTill(string Lines, int Beeps) : Cue;

    /// <summary>The customer shows the code to the scanner.</summary>
    public sealed record PresentCode(Money Amount) : Cue;

    public sealed record Submitting(Money Amount) : Cue;

    /// <summary>The customer confirms on the phone.</summary>
    public sealed record WaitingForCustomer(Money Amount) : Cue;

    /// <summary>The payment is authorised, and the till has not taken the approval yet.</summary>
    public sealed record TellingTill(Money Amount) : Cue;

    public sealed record Cancelling(Money Amount) : Cue;

    /// <summary>The till has acknowledged the approval.</summary>
    public sealed record Approved(Money Amount, int Receipt) : Cue;

    public sealed record NotPaid(NotPaidReason Reason) : Cue;

    public sealed record NotConfirmed : Cue;

    /// <summary>An instruction was refused before anything moved.</summary>
    public sealed record Refused(Refusal Refusal) : Cue;

    /// <summary>Something a person must see, shown for a while.</summary>
    public sealed record Attention(FieldCode Code) : Cue;

    /// <summary>No payments until this is repaired.</summary>
    public sealed record OutOfOrder(FieldCode Code) : Cue;

    /// <summary>Whether the other cue is the same apart from the strip.</summary>
    public bool SaysTheSameAs(Cue other) => this with { Strip = other.Strip } == other;
}

/// <summary>The line at the bottom: the health of the box at a glance.</summary>
/// <param name="Unresolved">Payments still being undone in the background.</param>
/// <param name="Oldest">Age of the oldest of these payments.</param>
/// <param name="Backlog">Journal entries that head office has not confirmed.</param>
/// <param name="Clock">Local wall time, to the minute; null while the clock is not set.</param>
sealed record Strip(int Unresolved, TimeSpan Oldest, bool EcrUp, long Backlog, TimeOnly? Clock)
{
    public static readonly Strip Unknown = new(0, TimeSpan.Zero, false, 0, null);

    /// <summary>A number and a unit, so that the display is not redrawn every second.</summary>
    public string OldestText => Oldest switch
    {
        { TotalMinutes: < 1 } => "<1m",
        { TotalHours: < 1 } => $"{(int)Oldest.TotalMinutes}m",
        { TotalDays: < 1 } => $"{(int)Oldest.TotalHours}h",
        { TotalDays: < 99 } => $"{(int)Oldest.TotalDays}d",
        _ => "99d",
    };
}
