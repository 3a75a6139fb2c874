using Sandbox.PowerCut;

namespace Terminal.Tests.PowerCut;

[Trait("kind", "instrument")]
public sealed class PowerCutTests
{
    [Theory]
    [InlineData("--payments 3")]
    [InlineData("--payments 1 --old yes --model lost")] // Its oldest segment is dropped.
    public void Whatever_a_power_cut_leaves_holds_every_acknowledged_entry_and_can_be_used(string how)
    {
        var (status, text) = Run(how.Split(' '));

        Assert.True(status == 0, text);
        Assert.Matches(
            @"powercut: \d{2,} images, 0 lost acknowledged, 0 unreadable, 0 with wrong answers of the books\n$", text);
    }

    [Theory]
    [InlineData("no-flush", "--model lost", @", [1-9]\d* (lost|unreadable)")]
    [InlineData("flush-first", "--model lost", @", [1-9]\d* lost acknowledged")]
    [InlineData("no-folder-flush", "--model kept", @", [1-9]\d* unreadable")]
    [InlineData("early-delete", "--model lost --old yes --payments 1", @", [1-9]\d* unreadable")]
    [InlineData("tail-unchecked", "--model torn --draws 4", @", [1-9]\d* unreadable")]
    [InlineData("books-trusted", "--model sectors", @", [1-9]\d* with wrong answers")]
    public void A_journal_that_does_not_take_care_is_found_out(string plant, string how, string finding)
    {
        var (status, text) = Run(["--payments", "6", "--plant", plant, .. how.Split(' ')]);

        Assert.True(status == 1, text);
        Assert.Matches(finding, text);
    }

    [Theory]
    [InlineData("--payments", "0")]
    [InlineData("--model", "gentle")]
    [InlineData("--plant", "roses")]
    public void A_wrong_command_line_is_64(params string?[] args) =>
        Assert.Equal(64, Run([.. args.OfType<string>()]).Status);

    static (int Status, string Text) Run(params string[] args)
    {
        var text = new StringWriter();
        return (PowerCutVerb.Run(args, text), text.ToString());
    }
}
