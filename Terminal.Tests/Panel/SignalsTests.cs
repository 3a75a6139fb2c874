using Terminal.Panel.Cues;
using Terminal.Panel.Words;
using Terminal.Payments;
using Terminal.Payments.Answers;

namespace Terminal.Tests.Panel;

public sealed class SignalsTests
{
    [Fact]
    public void A_timeline_that_ends_keeps_its_last_value()
    {
        var line = new SignalPattern<int>(false, new(7, 100), new(0, 50));
        Assert.Equal([7, 7, 0, 0], Values(line, 0, 99, 100, 5000));
        Assert.Equal([100, 150], [Next(line, 0), Next(line, 100) ?? 150]);
        Assert.Null(Next(line, 5000));
    }

    [Fact]
    public void A_timeline_that_repeats_begins_again()
    {
        var line = new SignalPattern<int>(true, new(1, 100), new(2, 50));
        Assert.Equal([1, 2, 1, 2], Values(line, 0, 100, 150, 250));
        Assert.Equal([100, 150, 250, 1450], [Next(line, 0), Next(line, 149), Next(line, 150), Next(line, 1400)]);
    }

    [Fact]
    public void A_time_before_the_beginning_is_the_beginning() =>
        Assert.Equal(1, new SignalPattern<int>(true, new(1, 100), new(2, 50)).At(TimeSpan.FromMilliseconds(-5)));

    [Fact]
    public void Approved_is_one_long_tone_and_not_paid_two_short_low_ones()
    {
        Assert.Equal([(1500, 500)], Tones(new Cue.Approved(Counter.Price, 1)));
        Assert.Equal([(750, 200), (0, 150), (750, 200)], Tones(new Cue.NotPaid(NotPaidReason.Refused)));
    }

    [Fact]
    public void A_code_that_was_taken_beeps_once() =>
        Assert.Equal([(2700, 80)], Tones(new Cue.Submitting(Counter.Price)));

    [Fact]
    public void A_till_may_beep_ten_times_at_most()
    {
        Assert.Equal([(1500, 150), (0, 150), (1500, 150)], Tones(new Cue.OfTill("", 2)));
        Assert.Equal(19, Tones(new Cue.OfTill("", 255)).Count);
        Assert.Empty(Tones(new Cue.OfTill("Welcome", 0)));
    }

    [Fact]
    public void Nothing_sounds_while_it_is_ready() => Assert.Empty(Tones(new Cue.Ready()));

    /// <summary>Seen in grey: each group has its own rhythm or its own place in the row of lamps.</summary>
    [Fact]
    public void Good_bad_doubtful_and_broken_differ_without_colour()
    {
        Cue[] cues =
        [
            new Cue.Ready(), new Cue.PresentCode(Counter.Price), new Cue.Submitting(Counter.Price),
            new Cue.Cancelling(Counter.Price), new Cue.Approved(Counter.Price, 1),
            new Cue.NotPaid(NotPaidReason.Refused), new Cue.Refused(new(RefusalReason.Busy)), new Cue.NotConfirmed(),
            new Cue.OutOfOrder(FieldCodes.JournalDown), new Cue.Starting(), new Cue.Ready(FieldCodes.Untold),
        ];
        var seen = cues.Select(c => string.Join(',', Enumerable.Range(0, 300).Select(i => LampsAt(c, i * 10))));
        Assert.Equal(cues.Length, seen.Distinct().Count());
    }

    [Fact]
    public void The_next_change_is_that_of_the_lamps_or_of_the_tone_whichever_comes_first()
    {
        var cue = new Cue.Submitting(Counter.Price);
        Assert.Equal(TimeSpan.FromMilliseconds(80), Signals.NextChange(cue, TimeSpan.Zero));
        Assert.Equal(TimeSpan.FromMilliseconds(500), Signals.NextChange(cue, TimeSpan.FromMilliseconds(80)));
        Assert.Null(Signals.NextChange(new Cue.Ready(), TimeSpan.Zero));
    }

    static Lamps LampsAt(Cue cue, int ms) => Signals.LampsOf(cue).At(TimeSpan.FromMilliseconds(ms));

    static int[] Values(SignalPattern<int> line, params int[] at) =>
        [.. at.Select(ms => line.At(TimeSpan.FromMilliseconds(ms)))];

    static double? Next(SignalPattern<int> line, int ms) =>
        line.NextChange(TimeSpan.FromMilliseconds(ms))?.TotalMilliseconds;

    /// <summary>Frequency and length of each beat, without the silence at the end.</summary>
    static List<(int Hertz, int Milliseconds)> Tones(Cue cue)
    {
        List<(int, int)> beats = [];
        var line = Signals.ToneOf(cue);
        for (var at = TimeSpan.Zero; line.NextChange(at) is { } next; at = next)
        {
            beats.Add((line.At(at), (int)(next - at).TotalMilliseconds));
        }
        return beats;
    }
}
