using Terminal.Panel;

namespace Terminal.Tests.Panel;

/// <summary>What every driver of the SSD1306 sends, transfer by transfer.</summary>
public abstract class Ssd1306Contract : IDisposable
{
    readonly ManualTime time = new();
    readonly LogLines log = new();

    public virtual void Dispose() => GC.SuppressFinalize(this);

    [Fact]
    public void It_is_set_up_for_64_rows_in_the_order_of_the_data_sheet()
    {
        using var display = Open();
        display.Start();
        Assert.Equal(Ssd1306.Start[1..].ToArray(), Commands(Sent()));
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
        var screens = new Screens(Ssd1306.Width, Ssd1306.Height, Language.English);
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

    protected abstract ISsd1306 Open();

    /// <summary>The transfers since the last call.</summary>
    protected abstract List<byte[]> Sent();

    /// <summary>A command may have a transfer of its own, or share one.</summary>
    static byte[] Commands(IEnumerable<byte[]> transfers) =>
        [.. transfers.SelectMany(t => t[0] == 0x00 ? t[1..] : throw new ArgumentException("no command"))];
}
