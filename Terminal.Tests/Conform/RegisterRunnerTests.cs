using System.Net;
using Sandbox.Conform;
using Sandbox.Conform.Cases;
using Sandbox.Ecr;
using Terminal.Ecr;
using Terminal.Ecr.Blocks;

namespace Terminal.Tests.Conform;

/// <summary>The conformance runner judges a register by what it does in the case, however it talks.</summary>
public sealed class RegisterRunnerTests
{
    static readonly Dictionary<string, RegisterManner> Known = new()
    {
        ["right"] = RegisterManner.Right,
        ["gives up"] = RegisterManner.GivesUp,
        ["refuses"] = RegisterManner.Refuses,
        ["breaks off"] = RegisterManner.BreaksOff,
        ["joins blocks"] = RegisterManner.JoinsBlocks,
        ["asks first"] = RegisterManner.AsksFirst,
    };

    public static TheoryData<string> Manners => [.. Known.Keys];

    /// <summary>An integrator's first red line must be his own fault, not what is left of the case before.</summary>
    [Theory]
    [MemberData(nameof(Manners))]
    public void A_register_gets_the_same_verdict_for_a_case_alone_and_in_a_full_run(string manner)
    {
        foreach (var isTcp in new[] { false, true })
        {
            var alone = RegisterCases.All.Select(c => Verdicts(Known[manner], isTcp, [c]));

            Assert.Equal(string.Join('\n', alone), Verdicts(Known[manner], isTcp, RegisterCases.All));
        }
    }

    /// <summary>What it still asks about a case that failed is answered there.</summary>
    [Theory]
    [InlineData("right")]
    [InlineData("gives up")]
    [InlineData("refuses")]
    [InlineData("breaks off")]
    [InlineData("joins blocks")]
    public void No_case_begins_with_a_question_about_the_one_before(string manner)
    {
        var traces = new StringWriter();
        Talk(Known[manner], false, RegisterCases.All, traces);

        var cases = traces.ToString().Split("== ", StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(RegisterCases.All.Count, cases.Length);
        Assert.All(cases, one => Assert.DoesNotContain(one.Split('\n').TakeWhile(l => !l.Contains("< 06 01 ..")),
            line => line.Contains("< 10 02 06 20")));
    }

    /// <summary>Those made after a library fail where tills on that library do.</summary>
    [Fact]
    public void Each_manner_fails_the_cases_that_are_about_it()
    {
        var failed = string.Join('\n', Known.Select(m => $"{m.Key}:" + string.Concat(
            Talk(m.Value, false, RegisterCases.All).Split('\n')
                .Where(l => l.StartsWith("FAILED", StringComparison.Ordinal)).Select(l => "\n  " + l[19..]))));

        const string Expected =
            """
            right:
            gives up:
              its order is sent again after a NAK
              its order is sent again when no ACK comes
              06 20 is asked when 06 0F does not come; paid
              06 20 is asked when 04 0F does not come; paid
              06 20 is asked when 04 0F does not come; not paid
              84 A0 to its 06 20 makes it ask again
              an approval that 06 20 takes back is struck out
            refuses:
              its order is sent again after a NAK
              its order is sent again when no ACK comes
              06 20 is asked when 06 0F does not come; paid
              06 20 is asked when 04 0F does not come; paid
              06 20 is asked when 04 0F does not come; not paid
              84 A0 to its 06 20 makes it ask again
              an approval that 06 20 takes back is struck out
            breaks off:
              a block with a wrong CRC is refused with NAK, and taken when it comes again
              half a block is refused with NAK after T1
              noise before a block is skipped
              its order is sent again after a NAK
              its order is sent again when no ACK comes
            joins blocks:
              half a block is refused with NAK after T1
              noise before a block is skipped
              its order is sent again after a NAK
              its order is sent again when no ACK comes
            asks first:
            """;
        Assert.True(Expected == failed, failed);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_register_at_a_real_line_is_judged(bool isTcp)
    {
        using var pty = new Pty();
        using var listening = new ListeningLine(new(IPAddress.Loopback, 0));
        using var ours = new LineWire(isTcp ? listening : pty.Master);
        using var theirs = new LineWire(isTcp
            ? Connection.To(listening.Place).Line!
            : PortsLine.Open(new EcrSettings { Device = pty.DevicePath }).Line!);
        var register = new ScriptedRegister(new Peer(theirs, isTcp, new()), SharedTime.Real, RegisterManner.Right);
        var cases = RegisterCases.All.Take(5).ToList();
        var said = new StringWriter();

        var score = new Runner(said).Play(cases, Probes(ours, isTcp), register.Cashier);

        Assert.True(score == new Score(cases.Count, 0, 0), $"{said}");
    }

    /// <summary>A line a case, and what was found.</summary>
    static string Verdicts(RegisterManner manner, bool isTcp, IReadOnlyList<RegisterCase> cases) =>
        string.Join('\n', Talk(manner, isTcp, cases).Split('\n')
            .Where(l => l.Contains("register: ") || l.StartsWith("         expected", StringComparison.Ordinal)));

    static string Talk(
        RegisterManner manner, bool isTcp, IReadOnlyList<RegisterCase> cases, TextWriter? traces = null)
    {
        var time = new SharedTime();
        var (ours, theirs) = time.Cable();
        using var cable = ours;
        var register = new ScriptedRegister(new Peer(theirs, isTcp, new()), time, manner);
        var said = new StringWriter();
        new Runner(said) { Traces = traces }.Play(cases, Probes(ours, isTcp), register.Cashier);
        return said.ToString();
    }

    internal static Func<Trace, RegisterProbe> Probes(Wire wire, bool isTcp) =>
        trace => new(ConformVerb.RegisterPeer(wire, isTcp, trace), new(), trace);
}
