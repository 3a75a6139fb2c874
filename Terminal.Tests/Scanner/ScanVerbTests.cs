using System.Text;
using Sandbox.Scanner;
using Terminal.Device;
using Terminal.Ecr.Blocks;

namespace Terminal.Tests.Scanner;

public sealed class ScanVerbTests
{
    const string Code = "281234567890123456";

    readonly string path = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());

    [Fact]
    public void It_writes_the_code_and_a_carriage_return_to_the_line()
    {
        File.WriteAllText(path, "");
        Assert.Equal(0, ScanVerb.Run([Code, "--device", path], TextReader.Null));
        Assert.Equal(Code + "\r", File.ReadAllText(path));
        File.Delete(path);
    }

    [Fact]
    public void As_a_reader_it_sends_each_line_to_whoever_opened_its_link()
    {
        using var customer = new Customer(path, Code);
        Assert.Equal(0, ScanVerb.Run(["--pty", path], customer));
        Assert.Equal(Code + "\r", customer.Seen);
        Assert.False(File.Exists(path));
    }

    [Fact]
    public void A_line_that_is_not_there_is_an_input_output_error() =>
        Assert.Equal(74, ScanVerb.Run(["28", "--device", path], TextReader.Null));

    [Theory]
    [InlineData]
    [InlineData("28")]
    [InlineData("28", "--device")]
    [InlineData("", "--device", "/dev/null")]
    [InlineData("28", "--line", "/dev/null")]
    [InlineData("--pty")]
    public void A_wrong_command_line_is_a_usage_error(params string[] args) =>
        Assert.Equal(64, ScanVerb.Run(args, TextReader.Null));

    /// <summary>Opens the reader's line before the code is shown, and reads it before the reader is gone.</summary>
    sealed class Customer(string link, string code) : TextReader
    {
        ISerialLine? line;

        public string Seen { get; private set; } = "";

        public override string? ReadLine()
        {
            if (line is null)
            {
                line = PortsLine.Open(new() { Device = link, StopBits = 1 }).Line;
                Assert.NotNull(line);
                return code;
            }
            var buffer = new byte[64];
            while (!Seen.EndsWith('\r'))
            {
                var count = line.Read(buffer);
                Assert.True(count > 0, "the line is gone");
                Seen += Encoding.ASCII.GetString(buffer, 0, count);
            }
            return null;
        }

        protected override void Dispose(bool disposing)
        {
            line?.Dispose();
            base.Dispose(disposing);
        }
    }
}
