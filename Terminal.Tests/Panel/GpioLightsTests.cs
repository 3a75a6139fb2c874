using Terminal.Panel;
using Terminal.Payments;

namespace Terminal.Tests.Panel;

public sealed class GpioLightsTests
{
    readonly GpioWiring wiring = new("chip", "green", "yellow", "red", "buzzer", ActiveLow: false);
    readonly ManualTime time = new();
    readonly LogLines log = new();
    readonly List<string> seen = [];

    [Fact]
    public void Lamps_and_buzzer_follow_the_cue_and_end_off()
    {
        var lights = new GpioLights(wiring, log.Log, time) { Open = _ => new Outputs(seen) };
        lights.Show(new Cue.NotPaid(NotPaidReason.Refused));
        time.Advance(TimeSpan.FromMilliseconds(560));
        lights.Dispose();
        Assert.Equal(["1100", "0100", "1100", "0100", "0000", "closed"], seen);
        Assert.Empty(log.Lines);
    }

    [Fact]
    public void The_last_cue_stays_lit_when_the_service_ends()
    {
        var lights = new GpioLights(wiring, log.Log, time) { Open = _ => new Outputs(seen) };
        lights.Leave(new Cue.Ready());
        lights.Dispose();
        Assert.Equal(["0001", "closed"], seen);
    }

    sealed class Outputs(List<string> seen) : IGpioOutputs
    {
        public void Set(ulong bits) => seen.Add(Convert.ToString((long)bits, 2).PadLeft(4, '0'));

        public void Dispose() => seen.Add("closed");
    }
}
