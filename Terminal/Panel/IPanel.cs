using Terminal.Panel.Cues;

namespace Terminal.Panel;

/// <summary>
/// What people see and hear: a display, lights, a buzzer. <see cref="Show"/> never waits and never throws; a device
/// that fails is reported once and tried again by the panel itself, and the newest cue replaces one not yet shown.
/// </summary>
interface IPanel : IDisposable
{
    void Show(Cue cue);

    /// <summary>A device does not do what it is told; tried again by the panel itself.</summary>
    bool HasFailed { get; }

    /// <summary>Shows a last cue and lets the devices go with it on them, as far as they can hold it.</summary>
    void Leave(Cue cue);
}
