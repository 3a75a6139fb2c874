using Terminal.Panel.Cues;
using Terminal.Panel.Devices;
using Terminal.Payments;
using Terminal.Payments.Answers;

namespace Terminal.Tests.Panel;

public sealed class GpioLightsTests
{
    readonly GpioWiring wiring = new("chip", "green", "yellow", "red", "buzzer", ActiveLow: false);
    readonly ManualTime time = new();
    readonly LogLines log = new();
    readonly List<string> seen = [];

    readonly List<string> calls = [];

    [Fact]
    public void Lamps_and_buzzer_follow_the_cue_and_end_off()
    {
        var lights = Lights();
        lights.Show(new Cue.NotPaid(NotPaidReason.Refused));
        time.Advance(TimeSpan.FromMilliseconds(560));
        lights.Dispose();
        Assert.Equal(["0000", "1100", "0100", "1100", "0100", "0000"], seen);
        Assert.Equal("dispose", calls[^1]);
        Assert.Empty(log.Lines);
    }

    [Fact]
    public void The_last_cue_stays_lit_when_the_service_ends()
    {
        var lights = Lights();
        lights.Leave(new Cue.Ready());
        lights.Dispose();
        Assert.Equal(["0000", "0001"], seen);
        Assert.Equal("dispose", calls[^1]);
    }

    /// <summary>The buzzer's level is the first digit, the green lamp's the last.</summary>
    GpioLights Lights()
    {
        Pins? pins = null;
        pins = new(calls)
        {
            Written = line =>
            {
                if (line == 4)
                {
                    seen.Add(string.Concat(pins!.Levels.Values.Reverse().Select(isHigh => isHigh ? '1' : '0')));
                }
            },
        };
        return new(wiring, log.Log, time) { Open = _ => new(pins, [1, 2, 3, 4], activeLow: false) };
    }
}
