using Serilog;

namespace Terminal.Panel;

/// <summary>A passive buzzer on a PWM channel of sysfs, which can sound different tones.</summary>
/// <param name="channel">The exported channel's folder, such as /sys/class/pwm/pwmchip0/pwm0.</param>
public sealed class PwmBuzzer(string channel, ILogger log, TimeProvider time) : PanelDevice(channel, log, time)
{
    const int NanosecondsPerSecond = 1_000_000_000;

    int sounding;

    protected override void Present(Cue cue, TimeSpan since) => Sound(Signals.ToneOf(cue).At(since));

    protected override TimeSpan? NextChange(Cue cue, TimeSpan since) => Signals.ToneOf(cue).NextChange(since);

    protected override void Release()
    {
        try
        {
            Sound(0);
        }
        finally
        {
            sounding = 0;
        }
    }

    void Sound(int hertz)
    {
        if (hertz == sounding)
        {
            return;
        }
        if (hertz > 0)
        {
            var period = NanosecondsPerSecond / hertz;
            // The kernel refuses a duty cycle longer than the period, also on the way to a shorter one.
            Set("duty_cycle", 0);
            Set("period", period);
            Set("duty_cycle", period / 2);
        }
        Set("enable", hertz > 0 ? 1 : 0);
        sounding = hertz;
    }

    void Set(string attribute, int value) => File.WriteAllText(Path.Combine(Name, attribute), $"{value}\n");
}
