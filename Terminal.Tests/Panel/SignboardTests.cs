using Terminal.Panel;
using Terminal.Panel.Cues;
using Terminal.Panel.Words;
using Terminal.Payments;

namespace Terminal.Tests.Panel;

public sealed class SignboardTests : IDisposable
{
    static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    readonly ManualTime time = new();
    readonly RecordingPanel panel = new();
    readonly Counter counter = new();
    readonly Signboard board;
    BoxStatus around = new(true, 0, new(14, 5, 30), null);

    public SignboardTests() => board = new(panel, time, Policy.Default, () => around);

    Cue Newest => panel.Shown[^1];

    public void Dispose() => board.Dispose();

    [Fact]
    public void It_says_starting_until_the_first_step()
    {
        time.Advance(Second);
        Assert.Equal([new Cue.Starting()], panel.Shown);
        Watch(new DeskInput.Started());
        Assert.IsType<Cue.Ready>(Newest);
    }

    [Fact]
    public void A_result_stands_for_its_time_and_then_it_is_ready_again()
    {
        Watch(new DeskInput.Started());
        Watch(new DeskInput.RepeatAsked());
        Assert.IsType<Cue.Refused>(Newest);
        time.Advance(9 * Second);
        Assert.IsType<Cue.Refused>(Newest);
        time.Advance(Second);
        Assert.IsType<Cue.Ready>(Newest);
    }

    [Fact]
    public void A_line_to_the_till_that_is_lost_and_found_shows_within_a_second()
    {
        Watch(new DeskInput.Started());
        around = around with { EcrUp = false };
        time.Advance(Second);
        Assert.True(Newest.SaysTheSameAs(new Cue.OutOfOrder(FieldCodes.NoEcrLine)));
        around = around with { EcrUp = true };
        time.Advance(Second);
        Assert.True(Newest.SaysTheSameAs(new Cue.Ready()));
    }

    [Fact]
    public void A_broken_journal_says_more_than_a_lost_till()
    {
        around = around with { EcrUp = false, Fault = FieldCodes.JournalDown };
        Watch(new DeskInput.Started());
        Assert.True(Newest.SaysTheSameAs(new Cue.OutOfOrder(FieldCodes.JournalDown)));
    }

    [Fact]
    public void A_journal_that_breaks_during_a_payment_or_the_start_shows_within_a_second()
    {
        around = around with { Fault = FieldCodes.JournalDown };
        time.Advance(Second);
        Assert.True(Newest.SaysTheSameAs(new Cue.OutOfOrder(FieldCodes.JournalDown)));

        around = around with { Fault = null };
        Watch(new DeskInput.Started());
        Watch(new DeskInput.RepeatAsked());
        Assert.IsType<Cue.Refused>(Newest);
        around = around with { Fault = FieldCodes.JournalDown };
        time.Advance(Second);
        Assert.True(Newest.SaysTheSameAs(new Cue.OutOfOrder(FieldCodes.JournalDown)));
    }

    [Fact]
    public void A_fault_does_not_cover_a_result()
    {
        Watch(new DeskInput.Started());
        Watch(new DeskInput.RepeatAsked());
        around = around with { EcrUp = false };
        time.Advance(Second);
        Assert.IsType<Cue.Refused>(Newest);
        Assert.False(Newest.Strip.EcrUp);
    }

    [Fact]
    public void Nothing_is_drawn_again_while_nothing_changes()
    {
        Watch(new DeskInput.Started());
        var before = panel.Shown.Count;
        time.Advance(30 * Second);
        around = around with { Clock = new(14, 5, 59) };
        time.Advance(Second);
        Assert.Equal(before, panel.Shown.Count);
        around = around with { Clock = new(14, 6, 0) };
        time.Advance(Second);
        Assert.Equal(new TimeOnly(14, 6), Newest.Strip.Clock);
    }

    [Fact]
    public void The_strip_counts_the_payments_in_doubt()
    {
        Watch(new DeskInput.Started());
        counter.Order();
        counter.Wait(28);
        around = around with { Backlog = 3 };
        counter.Wait(1);
        Watch(new DeskInput.LinkReady());
        Assert.Equal((1, 3L), (Newest.Strip.Unresolved, Newest.Strip.Backlog));
    }

    [Fact]
    public void A_text_of_the_till_stands_for_its_time_while_nothing_else_is_to_be_seen()
    {
        Watch(new DeskInput.Started());
        board.Show(new(["Welcome", "", ""], 1, 5 * Second));
        Assert.True(Newest.SaysTheSameAs(new Cue.OfTill("Welcome", 1)));
        time.Advance(4 * Second);
        Assert.IsType<Cue.OfTill>(Newest);
        time.Advance(Second);
        Assert.IsType<Cue.Ready>(Newest);
    }

    [Fact]
    public void A_text_of_the_till_waits_for_a_result_and_never_covers_what_stops_payments()
    {
        Watch(new DeskInput.Started());
        Watch(new DeskInput.RepeatAsked());
        board.Show(new(["Welcome"], 0, null));
        Assert.IsType<Cue.Refused>(Newest);
        time.Advance(10 * Second);
        Assert.IsType<Cue.OfTill>(Newest);
        around = around with { Fault = FieldCodes.JournalFull };
        time.Advance(Second);
        Assert.IsType<Cue.OutOfOrder>(Newest);
    }

    [Fact]
    public void The_next_payment_or_an_empty_text_takes_a_text_of_the_till_away()
    {
        Watch(new DeskInput.Started());
        board.Show(new(["Welcome"], 0, null));
        Watch(new DeskInput.RepeatAsked());
        time.Advance(10 * Second);
        Assert.IsType<Cue.Ready>(Newest);
        board.Show(new(["Welcome"], 0, null));
        Assert.IsType<Cue.OfTill>(Newest);
        board.Show(new([""], 0, null));
        Assert.IsType<Cue.Ready>(Newest);
    }

    void Watch(DeskInput input)
    {
        var (before, step, _) = counter.Take(input);
        board.Watch(before, step);
    }
}
