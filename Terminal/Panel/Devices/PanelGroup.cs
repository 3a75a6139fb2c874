using Terminal.Panel.Cues;

namespace Terminal.Panel.Devices;

/// <summary>Several panels that show the same: display, lamps, buzzer.</summary>
sealed class PanelGroup(params IPanel[] panels) : IPanel
{
    public bool HasFailed => panels.Any(p => p.HasFailed);

    public void Show(Cue cue)
    {
        foreach (var panel in panels)
        {
            panel.Show(cue);
        }
    }

    public void Leave(Cue cue)
    {
        foreach (var panel in panels)
        {
            panel.Leave(cue);
        }
    }

    public void Dispose()
    {
        foreach (var panel in panels)
        {
            panel.Dispose();
        }
    }
}
