using Terminal.Panel.Cues;
using Terminal.Panel.Words;
using Terminal.Payments;

namespace Terminal.Panel;

/// <summary>What the box knows beside the desk.</summary>
/// <param name="Backlog">Journal entries that head office has not confirmed.</param>
/// <param name="Clock">Local wall time; null while the clock is not set.</param>
/// <param name="Fault">The worst fault of anything but the line to the till.</param>
sealed record BoxStatus(bool EcrUp, long Backlog, TimeOnly? Clock, FieldCode? Fault)
{
    /// <summary>A till that is away stops payments too, but another reason to stop says more.</summary>
    public FieldCode? Worst => EcrUp || Fault is { Stops: true } ? Fault : FieldCodes.NoEcrLine;
}

/// <summary>
/// Decides when the panel changes: after each step of the loop, and once a second for what passes or stands beside it.
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

    /// <param name="look">Asked about once a second, from a timer; must not wait.</param>
    public Signboard(IPanel panel, TimeProvider time, Policy policy, Func<BoxStatus> look)
    {
        this.panel = panel;
        this.policy = policy;
        this.look = look;
        clock = new(time);
        panel.Show(shown);
        timer = time.CreateTimer(_ => Refresh(), null, Rhythm, Rhythm);
    }

    /// <summary>After a step; until the first one the box is starting.</summary>
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

    /// <summary>Shown once nothing of a payment is, and until the next one.</summary>
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

    /// <summary>The panel is its owner's, who may have a last word.</summary>
    public void Dispose() => timer.Dispose();

    void Show(Cue cue)
    {
        var around = look();
        if (around.Fault == FieldCodes.JournalDown)
        {
            // Whatever was under way has ended, and the first step may never come.
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
