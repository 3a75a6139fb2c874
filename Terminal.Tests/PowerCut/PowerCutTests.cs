using Sandbox.PowerCut;

namespace Terminal.Tests.PowerCut;

public sealed class PowerCutTests
{
    [Fact]
    public void Whatever_a_power_cut_leaves_holds_every_acknowledged_entry_and_can_be_used()
    {
        var (status, text) = Run("--payments", "3");

        Assert.True(status == 0, text);
        Assert.Matches(@"powercut: \d{3,} images, 0 lost acknowledged, 0 unreadable\n$", text);
    }

    [Theory]
    [InlineData("no-fsync")]
    [InlineData("shared-blocks")]
    public void A_store_that_does_not_take_care_is_found_out(string plant)
    {
        var (status, text) = Run("--payments", "3", "--plant", plant);

        Assert.Equal(1, status);
        Assert.DoesNotContain(", 0 lost acknowledged", text);
    }

    [Theory]
    [InlineData("--payments", "0")]
    [InlineData("--model", "gentle")]
    [InlineData("--plant", "roses")]
    [InlineData("--store", "paper")]
    [InlineData("--store", null)]
    public void A_wrong_command_line_is_64(params string?[] args) =>
        Assert.Equal(64, Run([.. args.OfType<string>()]).Status);

    static (int Status, string Text) Run(params string[] args)
    {
        var text = new StringWriter();
        return (PowerCutVerb.Run(args, text), text.ToString());
    }
}
