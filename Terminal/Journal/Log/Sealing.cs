namespace Terminal.Journal.Log;

/// <summary>Copies a complete segment into a file of its own, without the padding, frame by frame.</summary>
sealed class Sealing(IDiskFile slot, ulong epoch)
{
    /// <returns>False if the segment is not as it was written.</returns>
    public bool Copy(SealedFile file, IDiskFile to)
    {
        if (LogFrame.Read(slot, 0, new byte[16 * LogFrame.Block], epoch) is not { Kind: FrameKind.State } newest ||
            newest.After != file.After)
        {
            return false;
        }
        var (reader, writer) = (new FrameReader(slot, epoch), new PieceWriter(to));
        writer.Write(First(newest, file.Last));
        for (long at = newest.Padded; newest.Last < file.Last; at += newest.Padded)
        {
            if (reader.Read(at) is not { Kind: FrameKind.Entries } frame || !frame.Follows(newest, newest.Checksum))
            {
                return false;
            }
            newest = frame;
            writer.Write(reader.All);
        }
        writer.Drain();
        return newest.Last == file.Last;
    }

    /// <summary>
    /// The first frame of the file, in place of the state: the hash of the entry before, and the last entry.
    /// </summary>
    byte[] First(LogFrame state, long last)
    {
        const int Length = Chain.HashLength + 8;
        var first = new byte[LogFrame.HeaderLength + Length];
        _ = slot.Read(LogFrame.HeaderLength, first.AsSpan(LogFrame.HeaderLength, Chain.HashLength));
        var rest = first.AsSpan(LogFrame.HeaderLength + Chain.HashLength);
        LogRecord.Put(ref rest, last);
        new LogFrame(FrameKind.Sealed, Length, 0, state.Number, state.After) { Link = state.Checksum }
            .Write(first, epoch);
        return first;
    }
}
