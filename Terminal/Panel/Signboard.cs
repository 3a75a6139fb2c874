using Terminal.Panel.Cues;
using Terminal.Panel.Words;
using Terminal.Payments;

namespace Terminal.Panel;

/// <summary>What the box knows besides the desk.</summary>
/// <param name="Backlog">Journal entries that head office has not confirmed.</param>
/// <param name="Clock">Local wall time; null while the clock is not set.</param>
/// <param name="Fault">The worst fault, apart from the line to the till.</param>
sealed record BoxStatus(bool EcrUp, long Backlog, TimeOnly? Clock, FieldCode? Fault)
{
    /// <summary>An absent till stops payments too, but any other reason to stop says more.</summary>
    public FieldCode? Worst => EcrUp || Fault is { Stops: true } ? Fault : FieldCodes.NoEcrLine;
}

/// <summary>
/// Decides when the panel changes: after each step of the loop, and once a second for what changes with time or outside
/// the desk.
/// </summary>
sealed class Signboard : IDisposable
{
    static readonly TimeSpan Rhythm = TimeSpan.FromSeconds(1);

    readonly Lock gate = new();
    readonly IPanel panel;
    readonly Clock clock;
    readonly Policy policy;
    readonly Func<BoxStatus> look;
    readonly ITimer timer;
    DeskState? desk;
    Cue shown = new Cue.Starting();
    Moment until = Moment.Never;
    (Cue.OfTill Cue, Moment Until)? ofTill;

    /// <param name="look">Called about once a second from a timer; must not wait.</param>
    public Signboard(IPanel panel, TimeProvider time, Policy policy, Func<BoxStatus> look)
    {
        this.panel = panel;
        this.policy = policy;
        this.look = look;
        clock = new(time);
        panel.Show(shown);
        timer = time.CreateTimer(_ => Refresh(), null, Rhythm, Rhythm);
    }

    /// <summary>Called after each step; until the first one the box is starting.</summary>
    public void Watch(DeskState before, Transition<DeskState> step)
    {
        lock (gate)
        {
            desk = step.State;
            if (CueChoice.After(before, step) is { } cue)
            {
                (until, ofTill) = (clock.Now + CueChoice.Lasts(cue, policy), null);
                Show(cue);
            }
            else
            {
                Show(shown);
            }
        }
    }

    /// <summary>Shows a text while no payment is on the screen, until the next payment.</summary>
    public void Show(TillText text)
    {
        lock (gate)
        {
            var lines = string.Join('\n', text.Lines).TrimEnd('\n');
            var end = text.Lasts is { } span ? clock.Now + span : Moment.Never;
            ofTill = lines.Length > 0 || text.Beeps > 0 ? (new(lines, text.Beeps), end) : null;
            Show(shown);
        }
    }

    public void Refresh()
    {
        lock (gate)
        {
            Show(shown);
        }
    }

    /// <summary>Stops the timer. The panel stays open: its owner may show a last cue.</summary>
    public void Dispose() => timer.Dispose();

    void Show(Cue cue)
    {
        var around = look();
        if (around.Fault == FieldCodes.JournalDown)
        {
            // The payment under way has ended, and after a failed start there is no first step.
            cue = new Cue.OutOfOrder(around.Fault);
        }
        else if (desk is null)
        {
            return;
        }
        else if (cue is Cue.Starting or Cue.Ready or Cue.OfTill or Cue.OutOfOrder || clock.Now >= until)
        {
            cue = CueChoice.AtRest(desk, policy, around.Worst);
            if (cue is Cue.Ready && ofTill is { } text && clock.Now < text.Until)
            {
                cue = text.Cue;
            }
        }
        var (unresolved, oldest) = CueChoice.Unresolved(desk ?? DeskState.Empty, clock.Wall);
        var minute = around.Clock is { } t ? new TimeOnly(t.Hour, t.Minute) : (TimeOnly?)null;
        cue = cue with { Strip = new(unresolved, oldest, around.EcrUp, around.Backlog, minute) };
        if (cue != shown)
        {
            shown = cue;
            panel.Show(cue);
        }
    }
}
