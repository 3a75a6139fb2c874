using Terminal.Panel.Cues;

namespace Terminal.Panel;

/// <summary>
/// What people see and hear: a display, lights, a buzzer. <see cref="Show"/> never waits and never throws. A new cue
/// replaces one that is not shown yet. The panel reports a failing device once and tries it again by itself.
/// </summary>
interface IPanel : IDisposable
{
    void Show(Cue cue);

    /// <summary>A device does not respond; the panel tries it again by itself.</summary>
    bool HasFailed { get; }

    /// <summary>Shows a last cue and releases the devices, which keep showing it if they can.</summary>
    void Leave(Cue cue);
}
