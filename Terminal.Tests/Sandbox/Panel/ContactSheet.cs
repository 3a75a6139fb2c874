using Terminal.Panel.Cues;
using Terminal.Panel.Screens;
using Terminal.Panel.Words;
using Terminal.Payments;
using Terminal.Payments.Answers;

namespace Sandbox.Panel;

/// <summary>Every screen at every size on one sheet: one row per cue.</summary>
static class ContactSheet
{
    const int Margin = 8;
    const byte Paper = 150;

    static readonly Money Small = new(450, Currency.Eur);
    static readonly Money Usual = new(12_995, Currency.Eur);
    static readonly Money Long = new(9_999_999, Currency.Eur);
    static readonly Money Yen = new(1_000_000, new("JPY", 392, 0));

    static readonly Strip Calm = new(0, TimeSpan.Zero, true, 0, new(14, 5));
    static readonly Strip Busy = new(5, TimeSpan.FromMinutes(42), false, 128, new(23, 59));

    /// <summary>One cue of each kind, and the amounts that are hardest to fit.</summary>
    public static IReadOnlyList<Cue> Samples { get; } =
    [
        new Cue.Starting(),
        new Cue.Ready { Strip = Calm },
        new Cue.Ready(FieldCodes.ReturnUntold) { Strip = Busy },
        new Cue.OfTill("Welcome!\n\nToday 10 % off\nall bread and cakes", 0) { Strip = Calm },
        new Cue.PresentCode(Usual) { Strip = Calm },
        new Cue.PresentCode(Long) { Strip = Busy },
        new Cue.Submitting(Yen) { Strip = Calm },
        new Cue.WaitingForCustomer(Small) { Strip = Calm },
        new Cue.TellingTill(Usual) { Strip = Calm },
        new Cue.Cancelling(Usual) { Strip = Calm },
        new Cue.Approved(Long, 42) { Strip = Calm },
        new Cue.NotPaid(NotPaidReason.InsufficientFunds) { Strip = Calm },
        new Cue.NotConfirmed { Strip = Calm with { Unresolved = 1, Oldest = TimeSpan.FromSeconds(30) } },
        new Cue.NotPaid(NotPaidReason.CodeUsed) { Strip = Calm },
        new Cue.Refused(new(RefusalReason.TooManyUnresolved)) { Strip = Busy },
        new Cue.Attention(FieldCodes.Returned) { Strip = Calm },
        new Cue.OutOfOrder(FieldCodes.NoEcrLine) { Strip = Busy with { Clock = null } },
        new Cue.OutOfOrder(FieldCodes.JournalFull) { Strip = Calm with { Backlog = 7 } },
    ];

    static readonly (int Width, int Height, Language Language, int Zoom)[] Sizes =
    [
        (128, 64, Language.English, 2),
        (128, 64, Language.German, 2),
        (256, 64, Language.English, 1),
        (160, 128, Language.English, 1),
    ];

    public static GreyPicture Draw()
    {
        var rowHeight = Sizes.Max(s => s.Height * s.Zoom) + Margin;
        var width = Margin + Sizes.Sum(s => s.Width * s.Zoom + Margin);
        var sheet = new GreyPicture(width, Margin + Samples.Count * rowHeight);
        sheet.Fill(Paper);
        for (var row = 0; row < Samples.Count; row++)
        {
            var x = Margin;
            foreach (var (across, down, language, zoom) in Sizes)
            {
                var screens = new ScreenPainter(across, down, language);
                sheet.Draw(screens.Draw(Samples[row]), x, Margin + row * rowHeight, zoom);
                x += across * zoom + Margin;
            }
        }
        return sheet;
    }

    /// <summary>A sale in six screens, three a row, for the first page that people see.</summary>
    public static GreyPicture Overview()
    {
        const int Columns = 3;
        var (across, down, language, zoom) = Sizes[0];
        var screens = new ScreenPainter(across, down, language);
        Cue[] cues =
        [
            new Cue.PresentCode(Usual) { Strip = Calm },
            new Cue.WaitingForCustomer(Usual) { Strip = Calm },
            new Cue.Approved(Usual, 42) { Strip = Calm },
            new Cue.NotPaid(NotPaidReason.InsufficientFunds) { Strip = Calm },
            new Cue.NotConfirmed { Strip = Calm with { Unresolved = 1, Oldest = TimeSpan.FromSeconds(30) } },
            new Cue.OutOfOrder(FieldCodes.NoEcrLine) { Strip = Busy with { Clock = null } },
        ];
        var (width, height) = (across * zoom + Margin, down * zoom + Margin);
        var sheet = new GreyPicture(Margin + Columns * width, Margin + cues.Length / Columns * height);
        sheet.Fill(Paper);
        for (var i = 0; i < cues.Length; i++)
        {
            sheet.Draw(screens.Draw(cues[i]), Margin + i % Columns * width, Margin + i / Columns * height, zoom);
        }
        return sheet;
    }
}
