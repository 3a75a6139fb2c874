using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using static Terminal.Tests.Journal.JournalOrders;

namespace Terminal.Tests.Journal;

/// <summary>
/// A verifier made from the format page alone: nothing of the product is used to read the files. It says which epoch,
/// how many entries, and the newest hash.
/// </summary>
public sealed class OutsiderTests : IDisposable
{
    readonly TemporaryJournal place = new(room: 64 << 10);

    public void Dispose() => place.Dispose();

    [Fact]
    public void Whoever_has_the_page_can_verify_a_journal()
    {
        using (var journal = place.Open())
        {
            var ledger = new Terminal.Journal.Ledger(journal);
            for (var n = 1; n <= 60; n++)
            {
                ledger.Pay(n);
            }
            ledger.Commit([Requested(61)], At);

            var (epoch, entries, hash) = Verify();

            Assert.Equal((journal.Epoch, 301), (epoch, entries));
            Assert.Equal(Convert.ToHexStringLower(journal.Last!.Hash), hash);
        }
        Assert.True(Directory.GetFiles(place.Path, "*.sealed").Length > 3);

        place.Forge(r => r.Entry.Sequence == 7 ? r with { Entry = r.Entry with { UnixMilliseconds = 1 } } : r);
        Assert.Contains("entry 7", Assert.Throws<InvalidDataException>(() => Verify()).Message);
    }

    (string Epoch, int Entries, string Hash) Verify()
    {
        var frames = new SortedDictionary<long, byte[]>();
        foreach (var file in Directory.GetFiles(place.Path, "*.sealed").Concat(Directory.GetFiles(place.Path, "log.*")))
        {
            var bytes = File.ReadAllBytes(file);
            var step = file.EndsWith(".sealed", StringComparison.Ordinal) ? 1 : 4096;
            for (var at = 0; at + 96 <= bytes.Length;)
            {
                var length = LogFrame(bytes, at);
                if (length is null)
                {
                    at += step;
                    continue;
                }
                if (bytes[at + 5] == 2)
                {
                    frames[Long(bytes, at + 24)] = bytes[at..(at + 96 + length.Value)];
                }
                at = (at + 96 + length.Value + step - 1) / step * step;
            }
        }
        var (sequence, hash, epoch) = (0L, new byte[32], "");
        foreach (var frame in frames.Values)
        {
            epoch = Convert.ToHexStringLower(frame.AsSpan(16, 8));
            if (Long(frame, 32) < sequence)
            {
                continue; // A copy that is still in a file which will be written anew.
            }
            var at = 96;
            for (var left = BinaryPrimitives.ReadInt32BigEndian(frame.AsSpan(12)); left > 0; left--)
            {
                hash = Next(frame, ref at, hash, (epoch, ++sequence));
            }
        }
        return (epoch, (int)sequence, Convert.ToHexStringLower(hash));
    }

    static int? LogFrame(byte[] bytes, int at)
    {
        if (!bytes.AsSpan(at, 5).SequenceEqual((byte[])[0xFF, 0x54, 0x50, 0x4A, 1]))
        {
            return null;
        }
        var length = BinaryPrimitives.ReadInt32BigEndian(bytes.AsSpan(at + 8));
        if (length < 0 || at + 96 + length > bytes.Length)
        {
            return null;
        }
        var sum = SHA256.HashData([.. bytes.AsSpan(at, 80), .. bytes.AsSpan(at + 96, length)]);
        return sum.AsSpan(0, 16).SequenceEqual(bytes.AsSpan(at + 80, 16)) ? length : null;
    }

    /// <summary>The hash that the entry here must have; it must be the one that it bears.</summary>
    static byte[] Next(byte[] frame, ref int at, byte[] before, (string Epoch, long Sequence) which)
    {
        var flags = frame[at++];
        var payment = Text(frame, ref at);
        var kind = Text(frame, ref at);
        var ms = Long(frame, at);
        at += 16; // And the payment's entry before.
        var length = BinaryPrimitives.ReadUInt16BigEndian(frame.AsSpan(at));
        var body = frame[(at + 2)..(at + 2 + length)];
        at += 2 + length;
        var borne = frame[at..(at + 32)];
        at += 32;
        if ((flags & 1) != 0)
        {
            at += 12;
            Text(frame, ref at);
        }
        var hash = SHA256.HashData([
            .. before, .. Encoding.ASCII.GetBytes(which.Epoch), .. Bytes(which.Sequence), .. Counted(payment),
            .. Counted(kind), .. Bytes(ms), .. Counted(body)]);
        return hash.AsSpan().SequenceEqual(borne)
            ? hash
            : throw new InvalidDataException($"entry {which.Sequence} is not what it was");
    }

    static byte[] Text(byte[] frame, ref int at)
    {
        var text = frame[(at + 1)..(at + 1 + frame[at])];
        at += 1 + text.Length;
        return text;
    }

    static byte[] Counted(byte[] bytes)
    {
        var length = new byte[4];
        BinaryPrimitives.WriteInt32BigEndian(length, bytes.Length);
        return [.. length, .. bytes];
    }

    static byte[] Bytes(long number)
    {
        var bytes = new byte[8];
        BinaryPrimitives.WriteInt64BigEndian(bytes, number);
        return bytes;
    }

    static long Long(byte[] bytes, int at) => BinaryPrimitives.ReadInt64BigEndian(bytes.AsSpan(at));
}
