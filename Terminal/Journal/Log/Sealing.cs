namespace Terminal.Journal.Log;

/// <summary>
/// Copies a complete segment into a file of its own, without the padding. It goes frame by frame, because a segment in
/// memory would be a fifth of all that the program needs.
/// </summary>
sealed class Sealing(IDiskFile slot, ulong epoch)
{
    const int Piece = 64 << 10;

    readonly byte[] piece = new byte[Piece];
    byte[] bytes = new byte[4 * Frame.Block];
    long read, written;
    int filled;

    /// <returns>False: the segment is not as it was written.</returns>
    public bool Copy(SealedFile file, IDiskFile to)
    {
        if (Frame.Read(slot, 0, piece, epoch) is not { Kind: FrameKind.State } newest || newest.After != file.After)
        {
            return false;
        }
        read = newest.Padded;
        WriteFirst(newest, file, to);
        while (newest.Last < file.Last)
        {
            if (Next() is not { Kind: FrameKind.Entries } frame || !frame.Follows(newest, newest.Checksum))
            {
                return false;
            }
            newest = frame;
            Write(bytes.AsSpan(0, Frame.HeaderLength + frame.Length), to);
        }
        Drain(to);
        return newest.Last == file.Last;
    }

    /// <summary>In place of the state stands what the entries follow.</summary>
    void WriteFirst(Frame state, SealedFile file, IDiskFile to)
    {
        const int Length = Chain.HashLength + 8;
        var first = new byte[Frame.HeaderLength + Length];
        _ = slot.Read(Frame.HeaderLength, first.AsSpan(Frame.HeaderLength, Chain.HashLength));
        var rest = first.AsSpan(Frame.HeaderLength + Chain.HashLength);
        LogRecord.Put(ref rest, file.Last);
        new Frame(FrameKind.Sealed, Length, 0, state.Number, state.After) { Link = state.Checksum }.Write(first, epoch);
        Write(first, to);
    }

    Frame? Next()
    {
        if (slot.Read(read, bytes.AsSpan(0, Frame.Block)) < Frame.Block ||
            Frame.ReadHeader(bytes) is not (var header, _))
        {
            return null;
        }
        if (bytes.Length < header.Padded)
        {
            Array.Resize(ref bytes, header.Padded);
        }
        _ = slot.Read(read + Frame.Block, bytes.AsSpan(Frame.Block, header.Padded - Frame.Block));
        read += header.Padded;
        return Frame.Read(bytes.AsSpan(0, header.Padded), epoch);
    }

    void Write(ReadOnlySpan<byte> rest, IDiskFile to)
    {
        while (rest.Length > 0)
        {
            var count = Math.Min(rest.Length, Piece - filled);
            rest[..count].CopyTo(piece.AsSpan(filled));
            filled += count;
            rest = rest[count..];
            if (filled == Piece)
            {
                Drain(to);
            }
        }
    }

    void Drain(IDiskFile to)
    {
        to.Write(written, piece.AsSpan(0, filled));
        written += filled;
        filled = 0;
    }
}
