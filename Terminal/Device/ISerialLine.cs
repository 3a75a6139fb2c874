namespace Terminal.Device;

/// <summary>
/// An open byte line. <see cref="Read"/> blocks on one thread while another thread writes, and disposing ends it. A
/// line that is gone (unplugged, hung up) is an answer, not an exception.
/// </summary>
interface ISerialLine : IDisposable
{
    /// <summary>
    /// The modem wire that shows the till is up; always true without such a wire. Called by the thread that writes.
    /// </summary>
    bool ShowsTill => true;

    /// <summary>Waits for bytes. Returns how many; 0 when the line is gone or was disposed.</summary>
    int Read(Span<byte> buffer);

    /// <summary>Writes all bytes at once; false if the line is gone or took longer than 2 s.</summary>
    bool Write(ReadOnlySpan<byte> bytes);
}
