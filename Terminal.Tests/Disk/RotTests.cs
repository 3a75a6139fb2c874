using Sandbox.Disk;

namespace Terminal.Tests.Disk;

/// <summary>A state folder that is no more what was written: a start is right, or it stops new payments.</summary>
[Trait("kind", "instrument")]
public sealed class RotTests
{
    [Fact]
    public void Nothing_that_the_bound_covers_is_lost_in_silence_and_nothing_is_ever_wrong()
    {
        var text = new StringWriter();

        var status = RotVerb.Run(["--flips", "30", "--cuts", "12"], text);

        Assert.True(status == 0, text.ToString());
        Assert.Matches(@"rot: 42 starts, .* 0 lost or wrong\n$", text.ToString());
    }

    [Theory]
    [InlineData("--flips", "-1")]
    [InlineData("--bytes", "3")]
    public void A_wrong_command_line_is_64(params string[] args) =>
        Assert.Equal(64, RotVerb.Run(args, TextWriter.Null));
}
