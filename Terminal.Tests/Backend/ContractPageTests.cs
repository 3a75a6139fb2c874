using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Sandbox.Backend;
using Sandbox.Journal;
using Terminal.Backend;
using Terminal.Journal;
using Terminal.Tests.Tidy;
using static Terminal.Tests.Journal.JournalOrders;

namespace Terminal.Tests.Backend;

/// <summary>The page for the makers of a head office shows what the code writes and reads, with its limits.</summary>
public sealed partial class ContractPageTests : IDisposable
{
    static readonly string Page = File.ReadAllText(Repository.PathOf("Terminal/Backend/README.md"));
    static readonly Birth Birth = new("4f8a1c0de2b97365", "0badcafe12345678", "0.1.0");
    static readonly Topics Topics = new("SHOP-0001");

    readonly MemoryJournal journal = new("0123456789abcdef");

    public ContractPageTests() => new Ledger(journal).Pay(1);

    public void Dispose() => journal.Dispose();

    [Fact]
    public void Every_example_is_what_the_code_writes()
    {
        var two = journal.Read(1, 2);
        var hello = new Hello(journal.Epoch, 2, 0);
        var ack = new Ack(journal.Epoch, 2, two[1].Hash, [new(3, 4)]);
        byte[][] written =
        [
            Birth.Online(new(1, At.UnixMilliseconds)),
            Birth.Offline(),
            hello.Write(Birth),
            Batch.Write(Topics.TerminalId, journal.Epoch, two, Chain.Origin.ToArray()),
            ack.Write(),
        ];

        Assert.Equal(
            written.Select(bytes => JsonNode.Parse(bytes)!.ToJsonString()),
            Examples().Matches(Page).Select(m => JsonNode.Parse(m.Groups[1].Value)!.ToJsonString()));
    }

    [Fact]
    public void The_example_of_a_batch_can_be_verified_and_its_acknowledgement_is_taken()
    {
        var examples = Examples().Matches(Page).Select(m => Encoding.UTF8.GetBytes(m.Groups[1].Value));
        var batch = Delivered.Parse(examples.ElementAt(3))!;
        var previous = Chain.Origin.ToArray();
        foreach (var entry in batch.Entries)
        {
            Assert.True(Chain.Holds(previous, batch.Epoch, entry));
            previous = entry.Hash;
        }

        var ack = Ack.Parse(examples.ElementAt(4))!;
        Assert.Equal(batch.Epoch, ack.Epoch);
        Assert.True(new Outbox(new(), batch.Epoch, 0).Heard(ack, previous, new(0)));
    }

    [Fact]
    public void Topics_and_limits_are_those_of_the_code()
    {
        var policy = new SyncPolicy();
        foreach (var said in (string[])
        [
            $"`{new Topics("{terminalId}").Status}`", $"`{new Topics("{terminalId}").Hello}`",
            $"`{new Topics("{terminalId}").Journal}`", $"`{new Topics("{terminalId}").Ack}`",
            $"at most {policy.BatchEntries} entries and {policy.BatchBytes / 1024} KiB",
            $"at most {policy.UnacknowledgedEntries} entries", $"after {policy.Rewind.TotalSeconds} s",
            $"at most {Ack.MostRanges} ranges", $"at most {Ack.Longest} bytes",
        ])
        {
            Assert.Contains(said, Page);
        }
    }

    [GeneratedRegex("```json\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex Examples();
}
