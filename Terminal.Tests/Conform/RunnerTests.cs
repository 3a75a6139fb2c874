using Sandbox.Conform;
using Sandbox.Conform.Cases;
using Sandbox.Ecr;

namespace Terminal.Tests.Conform;

/// <summary>The conformance runner can fail: peers that are wrong in one point fail the cases about it.</summary>
public sealed class RunnerTests
{
    static readonly string[] TerminalCases =
    [
        "line: a wrong CRC is refused with NAK",
        "line: a block repeated because its ACK was lost is acted upon once",
        "line: the answer is sent again after a NAK",
        "order: half a field at the end is refused",
        "busy: another order is refused, and the order goes on",
        "abort: while the terminal waits for a code",
        "resend: a sale whose 06 0F was not taken is told again, not charged again",
        "recovery: 04 0F is refused with 84 66",
        "recovery: 06 0F never arrives in one piece",
        "payment: the code is never told back",
        "registration: password and configuration byte",
    ];

    static readonly string[] RegisterPlayed = [.. RegisterCases.All.Select(c => c.Name)];

    [Fact]
    public async Task A_terminal_fails_the_cases_about_its_fault_and_no_other()
    {
        var failed = await AllAtOnce<TerminalFault>(TryTerminal);

        Same(
            """
            None:
            IgnoresBadCrc: line: a wrong CRC is refused with NAK
            ActsTwiceOnARepeatedBlock: line: a block repeated because its ACK was lost is acted upon once
            SendsOnlyOnce: line: the answer is sent again after a NAK
            TakesWhatItCannotRead: order: half a field at the end is refused
            SaysBusyWith9C: busy: another order is refused, and the order goes on
            ChargesAResend: resend: a sale whose 06 0F was not taken is told again, not charged again
            SaysPaidAfterTheWithdrawal: recovery: 04 0F is refused with 84 66
            CompletesWithoutAcknowledgement: recovery: 04 0F is refused with 84 66
            ReversesOnALostCompletion: resend: a sale whose 06 0F was not taken is told again, not charged again
            ReversesOnALostCompletion: recovery: 06 0F never arrives in one piece
            TellsTheCode: payment: the code is never told back
            IgnoresTheFirstAbort: busy: another order is refused, and the order goes on
            IgnoresTheFirstAbort: abort: while the terminal waits for a code
            """,
            failed);
    }

    [Fact]
    public async Task A_register_fails_the_cases_about_its_fault_and_no_other()
    {
        var failed = await AllAtOnce<RegisterFault>(TryRegister);

        Same(
            """
            None:
            IgnoresBadCrc: register: a block with a wrong CRC is refused with NAK, and taken when it comes again
            WaitsForTheRestOfABlock: register: half a block is refused with NAK after T1
            TakesDoubledBytesForTwo: register: a result full of 10 is read
            TakesDoubledBytesForTwo: register: its order is sent again after a NAK
            IsDeafAfterNoise: register: noise before a block is skipped
            IsSilentOnARepetition: register: a result that comes twice is acknowledged twice
            SendsOnlyOnce: register: its order is sent again after a NAK
            SendsOnlyOnce: register: its order is sent again when no ACK comes
            GivesUpInSilence: register: its order is sent again when no ACK comes
            LeavesProgressUnanswered: register: intermediate status is answered, five times
            NeverBooks: register: an approval is booked
            NeverBooks: register: a result full of 10 is read
            NeverBooks: register: a result that comes twice is acknowledged twice
            NeverBooks: register: 06 20 is asked when 06 0F does not come; paid
            NeverBooks: register: 06 20 is asked when 04 0F does not come; paid
            NeverBooks: register: 84 A0 to its 06 20 makes it ask again
            BooksWhenRefused: register: 84 A0 is no sale
            NeverAsks: register: 06 20 is asked when 06 0F does not come; paid
            NeverAsks: register: 06 20 is asked when 04 0F does not come; paid
            NeverAsks: register: 06 20 is asked when 04 0F does not come; not paid
            NeverAsks: register: 84 A0 to its 06 20 makes it ask again
            NeverAsks: register: an approval that 06 20 takes back is struck out
            AsksOnlyOnce: register: 84 A0 to its 06 20 makes it ask again
            BooksWhateverEnds: register: a refusal is not booked
            BooksWhateverEnds: register: "not confirmed" is not booked
            BooksWhateverEnds: register: 06 20 is asked when 04 0F does not come; not paid
            BooksWhateverEnds: register: an approval that 06 20 takes back is struck out
            KeepsWhatWasTakenBack: register: an approval that 06 20 takes back is struck out
            """,
            failed);
    }

    [Fact]
    public void A_case_whose_means_are_missing_is_not_run_and_not_counted()
    {
        var said = new StringWriter();
        var (ours, _) = new SharedTime().Cable();
        var around = new Surroundings(() => new(ours, ""), false) { Has = Needs.Serial };

        var score = new Runner(said).Play(Catalogue.All.Where(c => c.Needs.HasFlag(Needs.Tcp)), around);

        Assert.Equal((0, 0), (score.Passed, score.Failed));
        Assert.All(said.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries),
            line => Assert.StartsWith("not run  tcp: ", line));
    }

    [Fact]
    public void The_password_of_the_terminal_takes_the_place_of_the_cases_own()
    {
        var options = ConformOptions.Read(["--tcp", "127.0.0.1:20007", "--password", "123456"])!;
        var around = new Surroundings(() => default, true) { Password = options.Password };
        using var probe = new Probe(around, new());
        Assert.Equal("06 00 04 12 34 56 86", $"{probe.Keyed(Telegram.Of(0x0600, "000000 86"))}");
        Assert.Equal("06 01 03 00 00 00", $"{probe.Keyed(Telegram.Of(0x0601, "000000"))}");
        Assert.False(options.Allowed.HasFlag(Needs.AnyPassword));
    }

    [Fact]
    public void There_are_at_least_60_cases_and_no_name_twice()
    {
        Assert.True(Catalogue.All.Count >= 60, $"{Catalogue.All.Count}");
        Assert.Equal(Catalogue.All.Count, Catalogue.All.Select(c => c.Name).Distinct().Count());
        Assert.True(RegisterCases.All.Count >= 12, $"{RegisterCases.All.Count}");
    }

    /// <summary>They mostly wait, each on a thread of its own.</summary>
    static Task<(string, string)[]> AllAtOnce<T>(Func<T, (string, string)> attempt) where T : struct, Enum =>
        Task.WhenAll(Enum.GetValues<T>().Select(fault => Task.Factory.StartNew(
            () => attempt(fault), default, TaskCreationOptions.LongRunning, TaskScheduler.Default)));

    static void Same(string expected, (string Failed, string Said)[] tried)
    {
        var failed = string.Join('\n', tried.Select(t => t.Failed));
        Assert.True(expected == failed, failed + "\n\n" + string.Join('\n', tried.Select(t => t.Said)));
    }

    static (string, string) TryTerminal(TerminalFault fault)
    {
        var time = new SharedTime();
        var (ours, theirs) = time.Cable();
        var terminal = new ScriptedTerminal(new Peer(theirs, false, new()), fault);
        var running = time.Start(terminal.Run);
        var around = new Surroundings(() => new(ours, ""), false)
        {
            Has = Needs.Serial | Needs.Gateway,
            Captured = terminal.Charged,
        };
        var said = new StringWriter();
        new Runner(said).Play(Catalogue.All.Where(c => TerminalCases.Contains(c.Name)), around);
        theirs.Dispose();
        running.Wait();
        return (Failed($"{fault}", $"{said}", TerminalCases), $"{said}");
    }

    static (string, string) TryRegister(RegisterFault fault)
    {
        var time = new SharedTime();
        var (ours, theirs) = time.Cable();
        using var cable = ours;
        var register = new ScriptedRegister(new Peer(theirs, false, new()), time, RegisterManner.Right, fault);
        var said = new StringWriter();
        new Runner(said).Play(RegisterCases.All, RegisterRunnerTests.Probes(ours, isTcp: false), register.Cashier);
        return (Failed($"{fault}", $"{said}", RegisterPlayed), $"{said}");
    }

    /// <summary>The cases that failed, a line each; every other one was played and passed.</summary>
    static string Failed(string fault, string said, string[] played)
    {
        var lines = said.Split('\n').Where(l => l.StartsWith("ok ", StringComparison.Ordinal) ||
            l.StartsWith("FAILED ", StringComparison.Ordinal)).ToList();
        Assert.True(lines.Select(l => l[9..]).Order().SequenceEqual(played.Order()), said);
        var failed = lines.Where(l => l[0] == 'F').OrderBy(l => Array.IndexOf(played, l[9..])).ToList();
        return failed.Count == 0 ? $"{fault}:" : string.Join('\n', failed.Select(l => $"{fault}: {l[9..]}"));
    }
}
