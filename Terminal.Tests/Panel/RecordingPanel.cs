using Terminal.Panel;
using Terminal.Panel.Cues;

namespace Terminal.Tests.Panel;

/// <summary>Remembers what it was shown.</summary>
sealed class RecordingPanel : IPanel
{
    public List<Cue> Shown { get; } = [];

    public bool HasFailed => false;

    public void Show(Cue cue) => Shown.Add(cue);

    public void Leave(Cue cue) => Shown.Add(cue);

    public void Dispose()
    {
    }
}
