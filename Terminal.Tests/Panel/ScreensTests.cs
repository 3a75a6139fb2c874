using Terminal.Panel.Cues;
using Terminal.Panel.Screens;
using Terminal.Panel.Words;
using Terminal.Payments;
using Terminal.Payments.Answers;

namespace Terminal.Tests.Panel;

public sealed class ScreensTests
{
    static readonly Language[] Languages = Enum.GetValues<Language>();

    /// <summary>Every text that can come up.</summary>
    static IEnumerable<Cue> AllCues =>
    [
        new Cue.Starting(), new Cue.Ready(), new Cue.NotConfirmed(),
        new Cue.PresentCode(Counter.Price), new Cue.Submitting(Counter.Price),
        new Cue.WaitingForCustomer(Counter.Price), new Cue.TellingTill(Counter.Price),
        new Cue.Cancelling(Counter.Price), new Cue.Approved(Counter.Price, 9999),
        .. Enum.GetValues<NotPaidReason>().Select(r => new Cue.NotPaid(r)),
        .. Enum.GetValues<RefusalReason>().Select(r => new Cue.Refused(new(r, 9999))),
        .. FieldCodes.All.Where(c => !c.Stops).Select(c => new Cue.Ready(c)),
        .. FieldCodes.All.Where(c => !c.Stops).Select(c => new Cue.Attention(c)),
        .. FieldCodes.All.Where(c => c.Stops).Select(c => new Cue.OutOfOrder(c)),
    ];

    [Fact]
    public void Every_message_fits_in_big_letters()
    {
        foreach (var (language, cue) in Languages.SelectMany(l => AllCues.Select(c => (l, c))))
        {
            var message = ScreenWording.Of(cue).Message.In(language);
            var lines = Face.Narrow.Wrap(message, 100);
            Assert.True(lines.Count is 1 or 2 && lines.All(l => Face.Narrow.Measure(l) <= 100), message);
        }
    }

    [Fact]
    public void Every_next_step_fits_between_the_message_and_the_strip()
    {
        foreach (var language in Languages)
        {
            var screens = new ScreenPainter(128, 64, language);
            var strip = Rows(screens.Draw(new Cue.Starting()), 55, 64);
            foreach (var cue in AllCues)
            {
                var next = ScreenWording.Of(cue).NextStep.In(language);
                Assert.All(Face.Text.Wrap(next, 128), line => Assert.InRange(Face.Text.Measure(line), 1, 128));
                Assert.True(Rows(screens.Draw(cue), 55, 64).SequenceEqual(strip), next);
            }
        }
    }

    [Fact]
    public void A_text_of_the_till_never_reaches_the_strip()
    {
        var screens = new ScreenPainter(128, 64, Language.English);
        var long8 = string.Join('\n', Enumerable.Repeat(new string('W', 99) + " and more words than a line holds", 8));
        Assert.Equal(
            Rows(screens.Draw(new Cue.Starting()), 55, 64), Rows(screens.Draw(new Cue.OfTill(long8, 0)), 55, 64));
    }

    [Fact]
    public void Every_next_step_of_a_field_code_fits_on_one_line()
    {
        var steps = Languages.SelectMany(l => FieldCodes.All.Select(c => $"> {c.NextStep.In(l)}"));
        Assert.DoesNotContain(steps, s => Face.Text.Measure(s) > 128);
    }

    [Fact]
    public void Every_letter_of_every_text_can_be_drawn()
    {
        var texts = Languages.SelectMany(l => AllCues.Select(ScreenWording.Of)
                .SelectMany(w => new[] { w.Message.In(l), w.NextStep.In(l) }))
            .Concat(Languages.SelectMany(l => FieldCodes.All.Select(c => c.NextStep.In(l))));
        Assert.DoesNotContain(
            texts.SelectMany(t => t).Distinct(), c => c != '?' && Drawn(c).SequenceEqual(Drawn('?')));

        static List<bool> Drawn(char letter)
        {
            var canvas = new Canvas(20, Face.Text.Height);
            Face.Text.Draw(canvas, $"{letter}", 0, 0);
            return [.. from y in Enumerable.Range(0, canvas.Height)
                from x in Enumerable.Range(0, canvas.Width) select canvas[x, y]];
        }
    }

    [Theory]
    [InlineData(9_999_999, 2, "99,999.99", "99.999,99")]
    [InlineData(5, 2, "0.05", "0,05")]
    [InlineData(100_000, 2, "1,000.00", "1.000,00")]
    [InlineData(1_000_000, 0, "1,000,000", "1.000.000")]
    [InlineData(1_234_567, 3, "1,234.567", "1.234,567")]
    [InlineData(-450, 2, "-4.50", "-4,50")]
    public void Amounts_are_grouped_as_the_language_does(long minor, int decimals, string english, string german)
    {
        var money = new Money(minor, new("XXX", 999, decimals));
        Assert.Equal(english, ScreenWording.Amount(money, Language.English));
        Assert.Equal(german, ScreenWording.Amount(money, Language.German));
    }

    [Theory]
    [InlineData("99,999.99")]
    [InlineData("1,000,000")]
    public void Long_amounts_leave_room_for_their_currency(string amount) =>
        Assert.True(Face.Amount.Measure(amount) + 6 + Face.Text.Measure("MMM") <= ScreenPainter.LeastWidth);

    [Fact]
    public void The_strip_holds_its_worst_case()
    {
        var strip = new Strip(99, TimeSpan.FromDays(500), false, 1_000_000, new(23, 59));
        foreach (var language in Languages)
        {
            var parts = new[] { "⇎↑99+", ScreenWording.Unresolved(strip, language), "23:59" };
            Assert.True(parts.Sum(Face.Text.Measure) + 2 <= ScreenPainter.LeastWidth, parts[1]);
        }
    }

    [Theory]
    [InlineData(0, "<1m")]
    [InlineData(59 * 60, "59m")]
    [InlineData(3600, "1h")]
    [InlineData(86_400, "1d")]
    [InlineData(86_400 * 1000, "99d")]
    public void An_age_is_short(int seconds, string text) =>
        Assert.Equal(text, (Strip.Unknown with { Oldest = TimeSpan.FromSeconds(seconds) }).OldestText);

    [Fact]
    public void Field_codes_are_unique_and_of_one_form()
    {
        Assert.All(FieldCodes.All, c => Assert.Matches("^[A-Z]-[1-9][0-9]{2}$", c.Code));
        Assert.Equal(FieldCodes.All.Count, FieldCodes.All.Select(c => c.Code).Distinct().Count());
    }

    [Fact]
    public void The_list_of_field_codes_leaves_none_out()
    {
        var defined = typeof(FieldCodes).GetFields().Select(f => f.GetValue(null)).OfType<FieldCode>().ToHashSet();
        Assert.True(defined.SetEquals(FieldCodes.All));
        Assert.Equal(FieldCodes.All.Count + 2, FieldCodes.Table(Language.English).Split('\n').Length - 1);
        Assert.Contains(
            "| E-101 | No line to the till | Check cable and till | stopped |\n", FieldCodes.Table(Language.English));
    }

    static List<bool> Rows(Canvas canvas, int first, int end) =>
        [.. from y in Enumerable.Range(first, end - first)
            from x in Enumerable.Range(0, canvas.Width)
            select canvas[x, y]];
}
