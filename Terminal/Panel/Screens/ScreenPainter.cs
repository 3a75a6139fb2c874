using Terminal.Panel.Cues;
using Terminal.Panel.Words;
using Terminal.Payments;

namespace Terminal.Panel.Screens;

/// <summary>
/// Draws cues: one icon, one message, the amount in big digits on the right, one next step, and the strip below.
/// </summary>
/// <param name="width">At least 128.</param>
/// <param name="height">At least 64.</param>
sealed class ScreenPainter(int width, int height, Language language)
{
    public const int LeastWidth = 128;
    public const int LeastHeight = 64;
    const int WidestContent = 192;
    const int StripHeight = 9;
    const int Column = 28;
    const int Line = 8;
    const int MostLines = (LeastHeight - StripHeight) / Line;

    static readonly Face[] MessageFaces = [Face.Headline, Face.Narrow, Face.Text];

    readonly int left = (width - Math.Min(width, WidestContent)) / 2;
    readonly int right = (width + Math.Min(width, WidestContent)) / 2;
    readonly int top = (height - LeastHeight) / 2;

    int ColumnWidth => right - left - Column;

    public int Height => height;

    public Canvas Draw(Cue cue)
    {
        var canvas = new Canvas(width, height);
        if (cue is Cue.OfTill { Lines: var text })
        {
            DrawNextStep(canvas, [.. text.Split('\n').SelectMany(Fitted).Take(MostLines)], 0);
            DrawStrip(canvas, cue.Strip);
            return canvas;
        }
        canvas.Draw(IconOf(cue), left, top);
        var (message, step) = ScreenWording.Of(cue);
        if (AmountOf(cue) is { } amount)
        {
            DrawMessage(canvas, message.In(language), 1);
            DrawAmount(canvas, amount);
            DrawNextStep(canvas, [.. Face.Text.Wrap(step.In(language), right - left)], 39);
        }
        else
        {
            var lines = DrawMessage(canvas, message.In(language), 2);
            IEnumerable<string> next = Face.Text.Wrap(step.In(language), right - left);
            next = CodeOf(cue) is { } code ? next.Append($"> {code.NextStep.In(language)}") : next;
            DrawNextStep(canvas, [.. next], lines > 1 ? 31 : 27);
        }
        DrawStrip(canvas, cue.Strip);
        return canvas;
    }

    /// <summary>An empty line stays; a word that is too wide is cut off at the edge.</summary>
    IReadOnlyList<string> Fitted(string line) =>
        line.Trim().Length == 0 ? [""] : Face.Text.Wrap(line, right - left);

    /// <summary>Draws in the biggest letters that fit; returns how many lines it took.</summary>
    int DrawMessage(Canvas canvas, string message, int mostLines)
    {
        var (face, lines) = MessageFaces
            .Select(f => (Face: f, Lines: f.Wrap(message, ColumnWidth)))
            .FirstOrDefault(
                m => m.Lines.Count <= mostLines && m.Lines.All(l => m.Face.Measure(l) <= ColumnWidth),
                (Face.Text, [message]));
        var y = top + (mostLines > 1 && lines.Count == 1 ? 5 : 0);
        foreach (var line in lines)
        {
            face.Draw(canvas, line, left + Column + (ColumnWidth - face.Measure(line)) / 2, y);
            y += face.Height - 1;
        }
        return lines.Count;
    }

    /// <summary>
    /// Draws the amount big and on the right; the currency stands on the same base line, below the icon.
    /// </summary>
    void DrawAmount(Canvas canvas, Money money)
    {
        var amount = ScreenWording.Amount(money, language);
        var start = right - Face.Amount.Measure(amount);
        Face.Amount.Draw(canvas, amount, start, top + 17);
        var currency = money.Currency.Code;
        Face.Text.Draw(canvas, currency, Math.Max(left, start - 6 - Face.Text.Measure(currency)), top + 30);
    }

    /// <summary>Centres the lines in the space left above the strip.</summary>
    void DrawNextStep(Canvas canvas, string[] lines, int below)
    {
        var space = LeastHeight - StripHeight - below;
        var y = top + below + Math.Max(0, (space - lines.Length * Line) / 2);
        foreach (var line in lines)
        {
            Face.Text.Draw(canvas, line, left + (right - left - Face.Text.Measure(line)) / 2, y);
            y += Line;
        }
    }

    void DrawStrip(Canvas canvas, Strip strip)
    {
        var y = height - 7;
        canvas.Rule(0, width - 1, height - StripHeight);
        var link = strip.EcrUp ? "⇄" : "⇎";
        var left = strip.Backlog switch { 0 => link, < 100 => $"{link}↑{strip.Backlog}", _ => $"{link}↑99+" };
        var clock = strip.Clock is { } t ? $"{t:HH\\:mm}" : "--:--";
        var end = width - Face.Text.Measure(clock);
        Face.Text.Draw(canvas, left, 0, y);
        Face.Text.Draw(canvas, clock, end, y);

        var unresolved = ScreenWording.Unresolved(strip, language);
        var size = Face.Text.Measure(unresolved);
        var x = (Face.Text.Measure(left) + end - size) / 2;
        Face.Text.Draw(canvas, unresolved, x, y);
        if (strip.Unresolved > 0)
        {
            // Highlights the number of unresolved payments.
            canvas.Invert(x - 2, y - 1, size + 4, StripHeight - 1);
        }
    }

    static Canvas IconOf(Cue cue) => cue switch
    {
        Cue.Starting => Icon.Power,
        Cue.Ready { Notice: not null } => Icon.Warning,
        Cue.Ready => Icon.Till,
        Cue.PresentCode => Icon.Code,
        Cue.Submitting => Icon.Send,
        Cue.WaitingForCustomer => Icon.Confirm,
        Cue.TellingTill => Icon.Hourglass,
        Cue.Cancelling => Icon.Return,
        Cue.Approved => Icon.Tick,
        Cue.NotPaid => Icon.Cross,
        Cue.NotConfirmed => Icon.Question,
        Cue.OutOfOrder { Code: var code } when code == FieldCodes.NoEcrLine => Icon.Plug,
        Cue.Refused { Refusal.Reason: RefusalReason.Busy or RefusalReason.TooManyUnresolved } => Icon.Hourglass,
        Cue.Refused => Icon.Cross,
        _ => Icon.Warning,
    };

    static FieldCode? CodeOf(Cue cue) => cue switch
    {
        Cue.Ready e => e.Notice,
        Cue.Attention e => e.Code,
        Cue.OutOfOrder e => e.Code,
        _ => null,
    };

    static Money? AmountOf(Cue cue) => cue switch
    {
        Cue.PresentCode e => e.Amount,
        Cue.Submitting e => e.Amount,
        Cue.WaitingForCustomer e => e.Amount,
        Cue.TellingTill e => e.Amount,
        Cue.Cancelling e => e.Amount,
        Cue.Approved e => e.Amount,
        _ => null,
    };
}
