using Sandbox.Scanner;

namespace Terminal.Tests.Scanner;

public sealed class ScanVerbTests
{
    [Fact]
    public void It_writes_the_code_and_a_carriage_return_to_the_line()
    {
        var path = Path.GetTempFileName();
        Assert.Equal(0, ScanVerb.Run(["281234567890123456", "--device", path]));
        Assert.Equal("281234567890123456\r", File.ReadAllText(path));
        File.Delete(path);
    }

    [Fact]
    public void A_line_that_is_not_there_is_an_input_output_error() =>
        Assert.Equal(74, ScanVerb.Run(["28", "--pty", Path.Combine(Path.GetTempPath(), Path.GetRandomFileName())]));

    [Theory]
    [InlineData]
    [InlineData("28")]
    [InlineData("28", "--device")]
    [InlineData("", "--device", "/dev/null")]
    [InlineData("28", "--line", "/dev/null")]
    public void A_wrong_command_line_is_a_usage_error(params string[] args) => Assert.Equal(64, ScanVerb.Run(args));
}
