using Sandbox.Acceptance;
using Terminal.Tests.Tidy;

namespace Terminal.Tests.Acceptance;

/// <summary>
/// The traces that <c>acceptance --record</c> took from the real service, played into a session once more.
/// </summary>
public sealed class RecordedTraceTests
{
    static string Folder => Repository.PathOf("Terminal.Tests/Acceptance/traces");

    public static TheoryData<string> All => [.. Directory.GetFiles(Folder).Select(f => Path.GetFileName(f)).Order()];

    [Theory]
    [MemberData(nameof(All))]
    public void What_the_till_sent_is_answered_alike_again(string file)
    {
        var trace = File.ReadAllText(Path.Combine(Folder, file));
        Assert.Equal(TraceReplay.Lines(trace), TraceReplay.Play(trace, file.EndsWith("-tcp.txt")));
    }

    [Fact]
    public void There_is_a_trace_of_every_scenario_on_every_line()
    {
        var wanted =
            from scenario in Scenario.All
            from line in (Lines[])[Lines.Serial, Lines.Tcp]
            where scenario.Lines.HasFlag(line)
            select $"{scenario.Name}-{line.ToString().ToLowerInvariant()}.txt";
        Assert.Equal(wanted.Order(), Directory.GetFiles(Folder).Select(f => Path.GetFileName(f)!).Order());
    }

    [Fact]
    public void A_trace_with_another_answer_is_found_out()
    {
        var trace = File.ReadAllText(Path.Combine(Folder, "declined-serial.txt"));
        var other = trace.Replace("061E1B71", "061E1B6C");
        Assert.NotEqual(trace, other);
        Assert.NotEqual(TraceReplay.Lines(other), TraceReplay.Play(other, isTcp: false));
    }
}
