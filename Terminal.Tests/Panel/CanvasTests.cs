using Terminal.Panel.Cues;
using Terminal.Panel.Screens;

namespace Terminal.Tests.Panel;

public sealed class CanvasTests
{
    [Fact]
    public void Drawing_outside_does_nothing()
    {
        var canvas = new Canvas(2, 2);
        canvas[-1, 0] = canvas[2, 1] = canvas[0, 2] = true;
        canvas.Rule(-5, 5, 7);
        Assert.Equal(["  "], HalfBlocks.Lines(canvas));
        Assert.False(canvas[-1, 0]);
    }

    [Fact]
    public void A_letter_has_the_pixels_of_its_drawing()
    {
        var canvas = new Canvas(5, 8);
        Face.Text.Draw(canvas, "Ä", 0, 0);
        Assert.Equal(["▀▄▄▄▀", "█   █", "█▀▀▀█", "▀   ▀"], HalfBlocks.Lines(canvas));
    }

    [Fact]
    public void Letters_are_as_wide_as_they_need()
    {
        Assert.Equal(1 + 1 + 5, Face.Text.Measure("iM"));
        Assert.Equal(0, Face.Text.Measure(""));
    }

    [Fact]
    public void An_unknown_character_is_a_question_mark() =>
        Assert.Equal(Face.Text.Measure("?"), Face.Text.Measure("漢"));

    [Fact]
    public void An_inverted_area_swaps_light_and_dark()
    {
        var canvas = new Canvas(3, 2);
        canvas[0, 0] = true;
        canvas.Invert(0, 0, 2, 2);
        Assert.Equal(["▄█ "], HalfBlocks.Lines(canvas));
    }

    [Fact]
    public void A_doubled_diagonal_gets_no_steps()
    {
        var diagonal = new Canvas(3, 3);
        diagonal[0, 0] = diagonal[1, 1] = diagonal[2, 2] = true;
        Assert.Equal(["██▄   ", " ▀██▄ ", "   ▀██"], HalfBlocks.Lines(diagonal.Doubled()));
    }

    [Fact]
    public void A_text_breaks_at_spaces_and_a_long_word_stays_whole() =>
        Assert.Equal(["ab", "cdefghij", "k l"], Face.Text.Wrap("ab cdefghij k l", 20));

    [Fact]
    public void The_lamps_are_written_in_colour_and_a_tone_beside_them()
    {
        Assert.Equal("\e[32;1m●\e[0m green   ○ yellow   ○ red   ", HalfBlocks.Lights(Lamps.Green, 0));
        Assert.EndsWith("\e[31;1m●\e[0m red   ♪ 750 Hz", HalfBlocks.Lights(Lamps.Red, 750));
    }
}
