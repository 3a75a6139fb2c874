using Serilog;
using Terminal.Panel.Cues;
using Terminal.Panel.Screens;

namespace Terminal.Panel.Devices;

/// <summary>The panel in a terminal window, redrawn in place: display, lamps and buzzer.</summary>
/// <param name="output">A terminal that understands the usual escape sequences.</param>
sealed class TerminalPanel(TextWriter output, ScreenPainter screens, ILogger log, TimeProvider time)
    : PanelDevice("terminal window", log, time)
{
    const string Home = "\e[H";
    const string ClearAndHideCursor = "\e[2J\e[?25l";
    const string ClearRestOfLine = "\e[K";
    const string ShowCursor = "\e[?25h";

    Cue? drawn;

    protected override void Present(Cue cue, TimeSpan since)
    {
        output.Write(drawn is null ? ClearAndHideCursor + Home : Home);
        if (cue == drawn)
        {
            output.Write($"\e[{(screens.Height + 1) / 2 + 1};1H");
        }
        else
        {
            foreach (var line in HalfBlocks.Lines(screens.Draw(cue)))
            {
                output.Write(line + "\n");
            }
        }
        var lights = HalfBlocks.Lights(Signals.LampsOf(cue).At(since), Signals.ToneOf(cue).At(since));
        output.Write(lights + ClearRestOfLine + "\n");
        output.Flush();
        drawn = cue;
    }

    protected override TimeSpan? NextChange(Cue cue, TimeSpan since) => Signals.NextChange(cue, since);

    protected override void Release(bool keep)
    {
        output.Write(ShowCursor);
        drawn = null;
    }
}
