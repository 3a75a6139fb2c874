using System.IO.Pipes;
using System.Text;
using Terminal.Device;
using Terminal.Scanner;

namespace Terminal.Tests.Scanner;

/// <summary>Over a pipe in the device's place; grabbing and the kernel's key map need a real input device.</summary>
public sealed class EvdevLineTests : IDisposable
{
    readonly AnonymousPipeServerStream keyboard = new(PipeDirection.Out);
    readonly AnonymousPipeClientStream pipe;
    readonly EvdevLine line;

    public EvdevLineTests()
    {
        pipe = new(PipeDirection.In, keyboard.ClientSafePipeHandle);
        // The line closes its device itself.
        line = new(new DeviceReader((int)pipe.SafePipeHandle.DangerousGetHandle()));
        pipe.SafePipeHandle.SetHandleAsInvalid();
    }

    public void Dispose()
    {
        line.Dispose();
        pipe.Dispose();
        keyboard.Dispose();
    }

    [Fact]
    public void Keys_are_read_as_bytes()
    {
        keyboard.Write(Keyboard.Type("aB1\r"));
        Assert.Equal("aB1\r", Read(4));
    }

    [Fact]
    public void Dropped_events_are_read_as_a_hole()
    {
        keyboard.Write([.. Keyboard.Press(2), .. Keyboard.Dropped]);
        Assert.Equal("1\u0018", Read(2));
        keyboard.Write(Keyboard.Press(3));
        Assert.Equal("2", Read(1));
    }

    [Fact]
    public void A_reader_that_is_unplugged_reads_as_gone()
    {
        keyboard.Dispose();
        Assert.Equal(0, line.Read(new byte[64]));
    }

    [Fact]
    public void Disposing_ends_a_read_that_waits()
    {
        var read = -1;
        var thread = new Thread(() => read = line.Read(new byte[64]));
        thread.Start();
        line.Dispose();
        Assert.True(thread.Join(TimeSpan.FromSeconds(30)));
        Assert.Equal(0, read);
        Assert.Equal(0, line.Read(new byte[64]));
    }

    [Theory]
    [InlineData("/dev/input/by-id/there-is-no-such-reader")]
    [InlineData("/dev/null")]
    public void What_is_no_keyboard_cannot_be_opened(string path) => Assert.Null(EvdevLine.Open(path));

    string Read(int bytes)
    {
        var text = new StringBuilder();
        var buffer = new byte[64];
        while (text.Length < bytes)
        {
            var count = line.Read(buffer);
            Assert.True(count > 0, "the line is gone");
            text.Append(Encoding.Latin1.GetString(buffer, 0, count));
        }
        return text.ToString();
    }
}
