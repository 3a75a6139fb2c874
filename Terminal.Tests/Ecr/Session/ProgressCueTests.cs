using Terminal.Ecr;
using Terminal.Ecr.Commands;
using Terminal.Ecr.Messages;
using Terminal.Ecr.Session;
using Terminal.Payments;

namespace Terminal.Tests.Ecr.Session;

public sealed class ProgressCueTests
{
    /// <summary>Found at byte level: a reply that was not acknowledged held the line until 23 s were over.</summary>
    [Fact]
    public void A_line_that_comes_free_too_late_gets_no_intermediate_status()
    {
        var begun = new Moment(TimeSpan.TicksPerHour);
        var terms = ReplyTerms.Of(new Agreement(new EcrSettings(), Registration.None));
        var until = begun + TimeSpan.FromSeconds(23);
        var cue = new ProgressCue(TimeSpan.FromSeconds(10));
        cue.Start(new(Stage.Submitting, until), begun);

        Assert.NotNull(cue.Next(terms, until));
        Assert.Null(cue.Next(terms, until + TimeSpan.FromMilliseconds(1)));
        Assert.Equal(Moment.Never, cue.WakeAt(begun));
    }
}
