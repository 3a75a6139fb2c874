using Sandbox.Acceptance;
using Terminal.Ecr.Trace;
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

    /// <summary>APPROVE=1 in the environment writes them anew.</summary>
    [Theory]
    [MemberData(nameof(All))]
    public void The_words_beside_a_message_are_those_of_a_new_recording(string file)
    {
        var path = Path.Combine(Folder, file);
        var told = File.ReadAllLines(path);
        var wanted = told.Select(WithWords).ToArray();
        if (Environment.GetEnvironmentVariable("APPROVE") == "1")
        {
            File.WriteAllText(path, string.Join('\n', wanted) + "\n");
        }
        Assert.Equal(wanted, File.ReadAllLines(path));
    }

    static string WithWords(string line) => TraceEntry.ReadAll(new StringReader(line)).SingleOrDefault()
        is TraceEntry.Message { Apdu: var apdu }
            ? $"{line.Split("  #")[0]}  # {TraceWords.Of(apdu)}"
            : line;

    [Fact]
    public void There_is_a_trace_of_every_scenario_on_every_line()
    {
        var wanted =
            from scenario in Scenario.All
            from line in (Lines[])[Lines.Serial, Lines.Tcp]
            where scenario.Lines.HasFlag(line) && scenario.HasOneLine
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
