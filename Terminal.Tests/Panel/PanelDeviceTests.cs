using Serilog;
using Terminal.Panel.Cues;
using Terminal.Panel.Devices;
using Terminal.Panel.Screens;
using Terminal.Panel.Words;
using Terminal.Payments;

namespace Terminal.Tests.Panel;

public sealed class PanelDeviceTests : IDisposable
{
    readonly ManualTime time = new();
    readonly LogLines log = new();
    readonly string folder = Directory.CreateTempSubdirectory().FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void The_newest_of_several_cues_is_shown()
    {
        using var device = new Gadget(log.Log, time);
        device.Show(new Cue.Starting());
        device.Show(new Cue.Ready());
        Run();
        Assert.Equal([(new Cue.Ready(), 0)], device.Shown);
    }

    [Fact]
    public void A_cue_that_changes_only_its_strip_keeps_its_rhythm()
    {
        using var device = new Gadget(log.Log, time);
        device.Show(new Cue.Ready());
        time.Advance(TimeSpan.FromSeconds(3));
        var later = new Cue.Ready { Strip = Strip.Unknown with { Backlog = 1 } };
        device.Show(later);
        Run();
        Assert.Equal((later, 3000), device.Shown[^1]);
        device.Show(new Cue.NotConfirmed());
        Run();
        Assert.Equal((new Cue.NotConfirmed(), 0), device.Shown[^1]);
    }

    [Fact]
    public void It_is_called_again_when_it_asked_for_it()
    {
        using var device = new Gadget(log.Log, time) { Period = TimeSpan.FromMilliseconds(250) };
        device.Show(new Cue.Ready());
        time.Advance(TimeSpan.FromMilliseconds(600));
        Assert.Equal([0, 250, 500], device.Shown.Select(s => s.Milliseconds));
    }

    [Fact]
    public void A_failure_is_reported_once_and_tried_again_until_it_is_back()
    {
        using var device = new Gadget(log.Log, time) { Broken = true };
        device.Show(new Cue.Ready());
        time.Advance(TimeSpan.FromSeconds(35));
        device.Show(new Cue.NotConfirmed());
        Assert.Equal(4, device.Tries);
        Assert.Equal(["Warning: \"D-801\" panel \"gadget\": \"unplugged\""], log.Lines);
        Assert.Equal(4, device.Releases);
        Assert.True(new PanelGroup(new RecordingPanel(), device).HasFailed);
        device.Broken = false;
        time.Advance(TimeSpan.FromSeconds(5));
        Assert.Equal(new Cue.NotConfirmed(), device.Shown.Single().Cue);
        Assert.Equal("Information: panel \"gadget\": back", log.Lines[^1]);
        Assert.False(device.HasFailed);
    }

    [Fact]
    public void After_disposal_the_device_is_let_go_and_shows_nothing_more()
    {
        var device = new Gadget(log.Log, time);
        device.Dispose();
        device.Show(new Cue.Ready());
        Run();
        Assert.Equal((0, 1), (device.Tries, device.Releases));
    }

    [Fact]
    public void A_last_cue_stays_on_the_device_when_it_is_let_go()
    {
        var device = new Gadget(log.Log, time) { Period = TimeSpan.FromMilliseconds(250) };
        device.Show(new Cue.Starting());
        Run();
        var last = new Cue.OutOfOrder(FieldCodes.JournalDown);
        device.Leave(last);
        device.Show(new Cue.Ready());
        device.Dispose();
        time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(last, device.Shown[^1].Cue);
        Assert.Equal(0, Signals.ToneOf(last).At(TimeSpan.FromMilliseconds(device.Shown[^1].Milliseconds)));
        Assert.Equal((2, 1, true), (device.Shown.Count, device.Releases, device.Kept));
    }

    [Fact]
    public void A_terminal_window_is_cleared_once_and_drawn_in_place()
    {
        var output = new StringWriter();
        var screens = new ScreenPainter(128, 64, Language.English);
        var cue = new Cue.Submitting(Counter.Price);
        using var panel = new TerminalPanel(output, screens, log.Log, time);
        panel.Show(cue);
        Run();
        var picture = string.Join('\n', HalfBlocks.Lines(screens.Draw(cue)));
        Assert.Equal(
            $"\e[2J\e[?25l\e[H{picture}\n{HalfBlocks.Lights(Lamps.Yellow, 2700)}\e[K\n", output.ToString());
        output.GetStringBuilder().Clear();
        time.Advance(TimeSpan.FromMilliseconds(80));
        Assert.Equal($"\e[H\e[33;1H{HalfBlocks.Lights(Lamps.Yellow, 0)}\e[K\n", output.ToString());
    }

    [Fact]
    public void A_framebuffer_holds_the_screen_scaled_up()
    {
        var file = Path.Combine(folder, "fb");
        File.WriteAllBytes(file, []);
        var format = new FramebufferFormat(320, 200, 16, 640, 0xFFFF);
        var cue = new Cue.Approved(Counter.Price, 1);
        using var panel = new FramebufferPanel(file, Language.English, log.Log, time) { Probe = _ => format };
        panel.Show(cue);
        Run();
        var canvas = new ScreenPainter(160, 100, Language.English).Draw(cue);
        var expected = Enumerable.Range(0, 200).SelectMany(y => format.Row(canvas, y));
        Assert.Equal(expected, File.ReadAllBytes(file));
        Assert.Empty(log.Lines);
    }

    /// <summary>A plain file has no ioctl: the kernel's refusal must come back as an answer.</summary>
    [Fact]
    public void Files_that_are_no_devices_are_reported_once()
    {
        var file = Path.Combine(folder, "plain");
        File.WriteAllBytes(file, []);
        using var framebuffer = new FramebufferPanel(file, Language.English, log.Log, time);
        using var display = new Ssd1306Panel(new(file, 0x3C), Language.English, log.Log, time);
        using var lamps = new GpioLights(new("no such chip", "a", "b", "c", null, false), log.Log, time);
        using var both = new PanelGroup(framebuffer, display, lamps);
        both.Show(new Cue.Ready());
        time.Advance(TimeSpan.FromSeconds(25));
        Assert.Equal(3, log.Lines.Count);
        Assert.All(log.Lines, line => Assert.StartsWith("Warning: \"D-801\"", line));
        Assert.Contains("Inappropriate ioctl", log.Lines[0]);
        Assert.Contains("is not /dev/i2c-N", log.Lines[1]);
        Assert.Contains("labelled no such chip; found: [", log.Lines[^1]);
    }

    [Fact]
    public void A_missing_device_is_found_when_it_comes()
    {
        var file = Path.Combine(folder, "later");
        var format = new FramebufferFormat(128, 64, 16, 256, 0xFFFF);
        using var panel = new FramebufferPanel(file, Language.English, log.Log, time) { Probe = _ => format };
        panel.Show(new Cue.Ready());
        Run();
        Assert.Contains(file, Assert.Single(log.Lines));
        File.WriteAllBytes(file, []);
        time.Advance(TimeSpan.FromSeconds(10));
        Assert.Equal(256 * 64, new FileInfo(file).Length);
        Assert.Contains("back", log.Lines[^1]);
    }

    void Run() => time.Advance(TimeSpan.Zero);

    /// <summary>A device that can be unplugged.</summary>
    sealed class Gadget(ILogger log, TimeProvider time) : PanelDevice("gadget", log, time)
    {
        public bool Broken { get; set; }
        public TimeSpan? Period { get; init; }
        public int Tries { get; private set; }
        public int Releases { get; private set; }
        public bool Kept { get; private set; }
        public List<(Cue Cue, int Milliseconds)> Shown { get; } = [];

        protected override void Present(Cue cue, TimeSpan since)
        {
            Tries++;
            if (Broken)
            {
                throw new IOException("unplugged");
            }
            Shown.Add((cue, (int)since.TotalMilliseconds));
        }

        protected override void Release(bool keep)
        {
            Releases++;
            Kept = keep;
        }

        protected override TimeSpan? NextChange(Cue cue, TimeSpan since) => since + Period;
    }
}
