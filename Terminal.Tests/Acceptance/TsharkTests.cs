using System.Diagnostics;
using System.Globalization;
using System.Text;
using Sandbox.Acceptance;
using Terminal.Ecr.Messages;
using Terminal.Tests.Tidy;

namespace Terminal.Tests.Acceptance;

/// <summary>A decoder that we did not write reads what we say over TCP: Wireshark's.</summary>
[Trait("kind", "instrument")]
public sealed class TsharkTests : IDisposable
{
    /// <summary>Wireshark 4.0 knows 16 commands; these are not among them and stay plain TCP.</summary>
    static readonly HashSet<int> Unknown = [Command.Status, Command.Abort, Command.RepeatReceipt, Command.Totals];

    static readonly Dictionary<int, string> Names = new()
    {
        [0x8000] = "Positive completion",
        [Command.StatusInformation] = "Status Information",
        [Command.IntermediateStatus] = "Intermediate Status Information",
        [Command.Registration] = "Registration",
        [Command.Authorisation] = "Authorisation",
        [Command.Completion] = "Completion",
        [Command.Termination] = "Abort",
        [Command.Reversal] = "Reversal",
        [Command.Refund] = "Refund",
        [Command.EndOfDay] = "End Of Day",
    };

    readonly string folder = Directory.CreateTempSubdirectory("tshark-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void Wireshark_reads_every_message_of_the_recorded_TCP_traces()
    {
        var messages = Directory.GetFiles(Repository.PathOf("Terminal.Tests/Acceptance/traces"), "*-tcp.txt").Order()
            .SelectMany(f => TraceEntry.ReadAll(new StringReader(File.ReadAllText(f))))
            .OfType<TraceEntry.Message>().ToList();
        Assert.InRange(messages.Count, 100, 10_000);

        var read = Dissect(messages);

        Assert.Equal(messages.Count, read.Count);
        for (var i = 0; i < messages.Count; i++)
        {
            var (apdu, shown) = (Apdu.Read(messages[i].Apdu)!, Convert.ToHexString(messages[i].Apdu));
            Assert.True(read[i].Problem.Length == 0, $"{shown}: {read[i].Problem}");
            var isKnown = !Unknown.Contains(apdu.Command);
            var name = apdu is { IsAnswer: true, IsPositive: false }
                ? "Negative completion"
                : Names.GetValueOrDefault(apdu.Command);
            Assert.True(read[i].Protocol == (isKnown ? "ZVT" : "TCP"), $"{shown}: {read[i].Protocol}");
            Assert.True(!isKnown || read[i].Says == name, $"{shown}: {read[i].Says}");
        }
        var told = messages.Zip(read)
            .Where(p => Apdu.Read(p.First.Apdu)!.Command == Command.StatusInformation).ToList();
        Assert.InRange(told.Count, 20, 10_000);
        Assert.All(told, p => Assert.Equal(Meant(p.First.Apdu), (p.Second.Amount, p.Second.Result)));
        Assert.InRange(told.Select(p => p.Second).DistinctBy(p => (p.Amount, p.Result)).Count(), 8, 10_000);
    }

    /// <summary>BMP 04 and 27 at their places, without a decoder of ours: 27 rr [04 aa aa aa aa aa aa].</summary>
    static (string Amount, string Result) Meant(byte[] status)
    {
        var data = status[2] == 0xFF ? status.AsSpan(5) : status.AsSpan(3);
        Assert.Equal(0x27, data[0]);
        var digits = Convert.ToHexString(data[3..9]);
        var amount = data[2] == 0x04 ? $"{long.Parse(digits, CultureInfo.InvariantCulture)}" : "";
        return (amount, $"0x{data[1]:x2}");
    }

    [Fact]
    public void Wireshark_reads_amount_and_result_as_we_meant_them()
    {
        var told = new TraceEntry.Message(default, false, Convert.FromHexString("040F09270004000000001010"));
        var read = Dissect([told]);
        Assert.Equal(("1010", "0x00"), (read[0].Amount.TrimStart('0'), read[0].Result));
    }

    [Fact]
    public void A_message_that_is_cut_short_is_found_out()
    {
        var cut = new TraceEntry.Message(default, false, Convert.FromHexString("040F0427000400"));
        Assert.NotEmpty(Dissect([cut])[0].Problem);
    }

    List<Packet> Dissect(IReadOnlyList<TraceEntry.Message> messages)
    {
        var (text, capture) = (Path.Combine(folder, "a.txt"), Path.Combine(folder, "a.pcap"));
        var hex = new StringBuilder();
        foreach (var m in messages)
        {
            hex.Append(m.IsFromEcr ? "O" : "I").Append(" 000000");
            foreach (var b in m.Apdu)
            {
                hex.Append(CultureInfo.InvariantCulture, $" {b:x2}");
            }
            hex.Append("\n\n");
        }
        File.WriteAllText(text, hex.ToString());
        Run("text2pcap", "-q", "-D", "-T", "40000,20007", text, capture);
        return [.. Run("tshark", "-r", capture, "-d", "tcp.port==20007,zvt", "-T", "fields", "-E", "separator=|",
            "-e", "_ws.col.Protocol", "-e", "_ws.col.Info", "-e", "_ws.malformed", "-e", "_ws.expert.message",
            "-e", "zvt.amount", "-e", "zvt.result_code")
            .Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(l => l.Split('|'))
            .Select(w => new Packet(w[0], w[1], w[2] + w[3], w[4], w[5]))];
    }

    /// <exception cref="System.ComponentModel.Win32Exception">It is not installed.</exception>
    static string Run(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        var errors = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Assert.True(process.ExitCode == 0, $"{program}: {errors.Result}");
        return output;
    }

    sealed record Packet(string Protocol, string Says, string Problem, string Amount, string Result);
}
