using System.Text;
using Terminal.Panel.Cues;
using Terminal.Panel.Screens;
using Terminal.Panel.Words;

namespace Terminal.Tests.Demo;

/// <summary>What the service wrote: its last words, and its display.</summary>
sealed class Output
{
    readonly StringBuilder text = new();

    public void Take(string written)
    {
        lock (text)
        {
            text.Append(written);
        }
    }

    public void Forget()
    {
        lock (text)
        {
            text.Clear();
        }
    }

    public bool Says(string what)
    {
        lock (text)
        {
            return text.ToString().Contains(what, StringComparison.Ordinal);
        }
    }

    /// <summary>The screen with the code, without the line at the bottom, which changes.</summary>
    public bool Shows(FieldCode code)
    {
        const int LinesAboveTheStrip = 24;
        var screen = new ScreenPainter(128, 64, Language.English).Draw(new Cue.OutOfOrder(code));
        return Says(string.Join('\n', HalfBlocks.Lines(screen).Take(LinesAboveTheStrip)));
    }
}
