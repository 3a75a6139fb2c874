using System.Device.I2c;
using Terminal.Panel.Cues;
using Terminal.Panel.Devices;
using Terminal.Panel.Screens;
using Terminal.Panel.Words;

namespace Terminal.Tests.Panel;

/// <summary>What is sent to the display, transfer by transfer.</summary>
public sealed class Ssd1306Tests
{
    readonly List<byte[]> transfers = [];
    readonly ManualTime time = new();
    readonly LogLines log = new();

    [Fact]
    public void It_is_set_up_for_64_rows_in_the_order_of_the_data_sheet()
    {
        using var display = Open();
        display.Start();
        Assert.Equal("AED580A83FD300408D142000A1C8DA12818FD9F1DB40A4A6AF", Convert.ToHexString(Commands(Sent())));
    }

    [Fact]
    public void Pixels_follow_the_page_that_they_are_for()
    {
        var columns = new byte[Ssd1306.Width];
        (columns[0], columns[127]) = (0x01, 0x80);
        using var display = Open();
        display.Draw(7, columns);
        var sent = Sent();
        Assert.Equal("22070721007F", Convert.ToHexString(Commands(sent[..^1])));
        Assert.Equal([0x40, .. columns], sent[^1]);
    }

    [Fact]
    public void Contrast_and_the_end_are_one_command_each()
    {
        using var display = Open();
        display.SetContrast(0x10);
        display.Stop();
        Assert.Equal(["008110", "00AE"], Sent().Select(Convert.ToHexString));
    }

    [Fact]
    public void The_display_holds_the_newest_screen_dims_at_rest_and_ends_dark()
    {
        var memory = new DisplayMemory();
        var screens = new ScreenPainter(Ssd1306.Width, Ssd1306.Height, Language.English);
        var panel = new Ssd1306Panel(new("/dev/i2c-1", 0x3C), Language.English, log.Log, time) { Open = _ => Open() };
        Cue[] cues = [new Cue.Submitting(Counter.Price), new Cue.NotConfirmed(), new Cue.Ready()];
        foreach (var cue in cues)
        {
            panel.Show(cue);
            time.Advance(TimeSpan.Zero);
            memory.Take(Sent());
            Assert.Equal(Enumerable.Range(0, Ssd1306.Pages).SelectMany(p => Ssd1306.Page(screens.Draw(cue), p)),
                memory.Pixels);
            Assert.Equal((true, 0x8F), (memory.IsOn, memory.Contrast));
        }
        time.Advance(TimeSpan.FromMinutes(1));
        memory.Take(Sent());
        Assert.Equal((true, 0x10), (memory.IsOn, memory.Contrast));
        panel.Dispose();
        memory.Take(Sent());
        Assert.False(memory.IsOn);
        Assert.Empty(log.Lines);
    }

    [Theory]
    [InlineData("/dev/display", "/dev/display is not /dev/i2c-N, all that Iot.Device.Bindings opens")]
    [InlineData("/dev/i2c-250", "/dev/i2c-250")]
    public void A_bus_that_is_not_there_is_a_failed_device(string bus, string told) =>
        Assert.Contains(told, Assert.Throws<IOException>(() => Ssd1306.Open(new(bus, 0x3C))).Message);

    Ssd1306 Open() => new(new Recorder(transfers));

    /// <summary>The transfers since the last call.</summary>
    List<byte[]> Sent()
    {
        var sent = transfers.ToList();
        transfers.Clear();
        return sent;
    }

    /// <summary>A command may have a transfer of its own, or share one.</summary>
    static byte[] Commands(IEnumerable<byte[]> transfers) =>
        [.. transfers.SelectMany(t => t[0] == 0x00 ? t[1..] : throw new ArgumentException("no command"))];

    sealed class Recorder(List<byte[]> transfers) : I2cDevice
    {
        public override I2cConnectionSettings ConnectionSettings => new(1, 0x3C);

        public override void Write(ReadOnlySpan<byte> buffer) => transfers.Add(buffer.ToArray());

        public override void Read(Span<byte> buffer) => throw new NotSupportedException();

        public override void WriteRead(ReadOnlySpan<byte> writeBuffer, Span<byte> readBuffer) =>
            throw new NotSupportedException();
    }
}
