using System.Buffers.Binary;

namespace Terminal.Journal;

/// <summary>The first bytes of a SQLite file, read as they are: SQLite may change what it opens.</summary>
static class SqliteHeader
{
    public const int Length = 100;

    const int ApplicationIdOffset = 68;

    /// <returns>How much of it is there; 0 without a file.</returns>
    public static int Read(string path, byte[] header)
    {
        if (!File.Exists(path))
        {
            return 0;
        }
        using var file = File.OpenRead(path);
        return file.ReadAtLeast(header, header.Length, throwOnEndOfStream: false);
    }

    public static bool IsOurs(ReadOnlySpan<byte> header) => header.StartsWith("SQLite format 3\0"u8) &&
        BinaryPrimitives.ReadInt32BigEndian(header[ApplicationIdOffset..]) == SqliteFile.ApplicationId;

    /// <summary>
    /// A power cut while the log was moved into the file can garble its first page; the log has it whole, and SQLite
    /// reads it from there.
    /// </summary>
    public static bool IsInLog(string path)
    {
        if (!File.Exists(path))
        {
            return false;
        }
        using var log = File.OpenRead(path);
        var frame = new byte[WalScan.FrameHeaderBytes + Length];
        for (var at = (long)WalScan.HeaderBytes; at + frame.Length <= log.Length; at += WalScan.FrameBytes)
        {
            log.Position = at;
            log.ReadExactly(frame);
            if (BinaryPrimitives.ReadInt32BigEndian(frame) == 1 && IsOurs(frame.AsSpan(WalScan.FrameHeaderBytes)))
            {
                return true;
            }
        }
        return false;
    }
}
