namespace Terminal.Journal.Log;

/// <summary>
/// Writes a file from its beginning through one small buffer: a whole segment would take a fifth of the program's
/// memory.
/// </summary>
sealed class PieceWriter(IDiskFile file)
{
    const int Piece = 64 << 10;

    readonly byte[] piece = new byte[Piece];
    long written;
    int filled;

    public void Write(ReadOnlySpan<byte> bytes)
    {
        while (bytes.Length > 0)
        {
            var count = Math.Min(bytes.Length, Piece - filled);
            bytes[..count].CopyTo(piece.AsSpan(filled));
            bytes = bytes[count..];
            filled += count;
            if (filled == Piece)
            {
                Drain();
            }
        }
    }

    /// <summary>Writes zeros up to this length of the file.</summary>
    public void Fill(long length)
    {
        while (written + filled < length)
        {
            var count = (int)Math.Min(Piece - filled, length - written - filled);
            piece.AsSpan(filled, count).Clear();
            filled += count;
            Drain();
        }
    }

    /// <summary>Writes the buffer to the file; not durable yet.</summary>
    public void Drain()
    {
        if (filled > 0)
        {
            file.Write(written, piece.AsSpan(0, filled));
            written += filled;
            filled = 0;
        }
    }
}
