using System.Security.Cryptography;
using Sandbox.Journal;
using Terminal.Journal;
using Terminal.Journal.Upkeep;
using static Terminal.Tests.Journal.JournalOrders;

namespace Terminal.Tests.Journal;

public sealed class ChainTests : IDisposable
{
    const string Epoch = "0123456789abcdef";

    readonly MemoryJournal journal = new(Epoch);

    public void Dispose() => journal.Dispose();

    [Fact]
    public void The_hash_is_sha_256_over_exactly_the_documented_bytes()
    {
        var before = Enumerable.Range(1, 32).Select(i => (byte)i).ToArray();
        var entry = new Entry(258, "ID", "é", 3, [0x7B, 0x7D], []);
        byte[] canonical =
        [
            .. before,
            .. "0123456789abcdef"u8,
            0, 0, 0, 0, 0, 0, 1, 2,
            0, 0, 0, 2, 0x49, 0x44,
            0, 0, 0, 2, 0xC3, 0xA9,
            0, 0, 0, 0, 0, 0, 0, 3,
            0, 0, 0, 2, 0x7B, 0x7D,
        ];
        var hash = new byte[32];

        Chain.Hash(before, Epoch, entry, hash);

        Assert.Equal(SHA256.HashData(canonical), hash);
    }

    [Fact]
    public void The_largest_entry_can_be_hashed()
    {
        var name = new string('é', 32);
        var entry = new Entry(1, name, name, 0, new byte[Entry.MaxBody], new byte[32]);

        Chain.Hash(Chain.Origin.Span, Epoch, entry, entry.Hash);

        Assert.True(Chain.Holds(Chain.Origin.Span, Epoch, entry));
    }

    [Fact]
    public void Every_single_flipped_bit_of_a_body_or_hash_is_found_at_start_up_and_by_verify()
    {
        new Ledger(journal).Pay(1);
        foreach (var entry in journal.Read(1, 100))
        {
            foreach (var bytes in new[] { entry.Body, entry.Hash })
            {
                for (var bit = 0; bit < bytes.Length * 8; bit++)
                {
                    bytes[bit / 8] ^= (byte)(1 << (bit % 8));
                    Assert.Contains(new Audit(journal).Everything(), f => f.Sequence == entry.Sequence);
                    Assert.Throws<JournalFailedException>(() => new Ledger(journal));
                    bytes[bit / 8] ^= (byte)(1 << (bit % 8));
                }
            }
        }
        Assert.Empty(new Audit(journal).Everything());
    }

    [Fact]
    public void An_entry_of_another_epoch_does_not_fit()
    {
        var ledger = new Ledger(journal);
        ledger.Commit([Requested(1)], At);

        Assert.True(Chain.Holds(Chain.Origin.Span, Epoch, journal.Last!));
        Assert.False(Chain.Holds(Chain.Origin.Span, "1123456789abcdef", journal.Last!));
    }
}
