using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace Terminal.Journal;

/// <summary>
/// Reads SQLite's write-ahead log on behind its first bad frame, where SQLite takes it to end. A power cut breaks the
/// newest commit at most, because the next begins only after a flush: what lies behind another commit is proof that
/// this one was on the disk whole, and that something has been altered since. Two things depend on how the journal
/// opens its file: nothing of an earlier process is in a log that is written to, and a commit whose last frame does
/// not end with a 4 KiB block has that frame twice (psow=0).
/// </summary>
sealed class WalScan
{
    public const int HeaderBytes = 32, FrameHeaderBytes = 24, FrameBytes = FrameHeaderBytes + PageBytes;

    const int PageBytes = 4096;

    // With checksums over little-endian words, as every machine writes it that this runs on.
    const uint Magic = 0x377F0682;

    readonly byte[] salts;
    readonly bool isHeaderSound;
    readonly Dictionary<uint, long> newest = [];
    readonly byte[] previous = new byte[FrameHeaderBytes];
    (uint, uint) checksum;
    long valid, lostCommit;
    bool isLossProved;

    /// <param name="file">The database, for a log whose own header is damaged.</param>
    public WalScan(Stream log, Stream file)
    {
        var header = new byte[HeaderBytes];
        log.ReadAtLeast(header, HeaderBytes, throwOnEndOfStream: false);
        checksum = StoredIn(header.AsSpan(24));
        isHeaderSound = BinaryPrimitives.ReadUInt32BigEndian(header) == Magic
            && Sum(header.AsSpan(0, 24), default) == checksum;
        // The second frame lies in another block than the header, and is of the same commit as the first.
        salts = isHeaderSound ? header[16..24] : ReadSalts(log, frame: 2);
        var frame = new byte[FrameBytes];
        log.Position = HeaderBytes;
        for (long i = 1; log.ReadAtLeast(frame, FrameBytes, throwOnEndOfStream: false) == FrameBytes; i++)
        {
            Take(i, frame);
        }
        IsBroken = isLossProved && (isHeaderSound || Differs(log, file));
    }

    /// <summary>Commits were lost that had been flushed.</summary>
    public bool IsBroken { get; }

    void Take(long i, byte[] frame)
    {
        var isOfThisLog = frame.AsSpan(8, 8).SequenceEqual(salts);
        var sum = Sum(frame.AsSpan(FrameHeaderBytes), Sum(frame.AsSpan(0, 8), checksum));
        checksum = StoredIn(frame.AsSpan(16));
        var isIntact = isOfThisLog && sum == checksum;
        if (isIntact && isHeaderSound && valid == i - 1)
        {
            valid = i;
        }
        else if (isOfThisLog)
        {
            Weigh(i, frame, isIntact);
        }
        if (isIntact)
        {
            newest[BinaryPrimitives.ReadUInt32BigEndian(frame)] = i;
        }
        frame.AsSpan(0, FrameHeaderBytes).CopyTo(previous);
    }

    void Weigh(long i, ReadOnlySpan<byte> frame, bool isIntact)
    {
        var isCommit = BinaryPrimitives.ReadUInt32BigEndian(frame[4..]) != 0;
        if (lostCommit > 0)
        {
            var mayRepeatIt = i == lostCommit + 1 && isCommit && !EndsWithBlock(lostCommit);
            isLossProved |= isIntact && !mayRepeatIt;
        }
        else if (isCommit && (isIntact || EndsWithBlock(i) || RepeatsPrevious(i, frame)))
        {
            lostCommit = i;
        }
    }

    /// <summary>Then its header lies in one sector, which is there or not: it does not take a checksum.</summary>
    static bool EndsWithBlock(long i) => (HeaderBytes + (i * FrameBytes)) % PageBytes == 0;

    /// <summary>Two headers, one of them damaged, that say the same of page and length.</summary>
    bool RepeatsPrevious(long i, ReadOnlySpan<byte> frame) =>
        i - 1 > valid && frame[..16].SequenceEqual(previous.AsSpan(0, 16));

    /// <summary>
    /// Before the first frame of a log that begins again its header is written over, and a power cut may garble it;
    /// what is behind was moved into the file before.
    /// </summary>
    bool Differs(Stream log, Stream file)
    {
        var (there, here) = (new byte[PageBytes], new byte[PageBytes]);
        foreach (var (page, frame) in newest)
        {
            log.Position = HeaderBytes + ((frame - 1) * FrameBytes) + FrameHeaderBytes;
            log.ReadExactly(there);
            file.Position = (page - 1L) * PageBytes;
            if (file.ReadAtLeast(here, PageBytes, throwOnEndOfStream: false) < PageBytes || !here.SequenceEqual(there))
            {
                return true;
            }
        }
        return false;
    }

    static byte[] ReadSalts(Stream log, int frame)
    {
        var found = new byte[8];
        log.Position = HeaderBytes + ((frame - 1) * FrameBytes) + 8;
        log.ReadAtLeast(found, found.Length, throwOnEndOfStream: false);
        return found;
    }

    static (uint, uint) StoredIn(ReadOnlySpan<byte> bytes) =>
        (BinaryPrimitives.ReadUInt32BigEndian(bytes), BinaryPrimitives.ReadUInt32BigEndian(bytes[4..]));

    static (uint, uint) Sum(ReadOnlySpan<byte> bytes, (uint A, uint B) seed)
    {
        var (a, b) = seed;
        var words = MemoryMarshal.Cast<byte, uint>(bytes);
        for (var i = 0; i < words.Length; i += 2)
        {
            unchecked
            {
                a += words[i] + b;
                b += words[i + 1] + a;
            }
        }
        return (a, b);
    }
}
