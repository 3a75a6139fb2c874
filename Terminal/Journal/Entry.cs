namespace Terminal.Journal;

/// <summary>One entry as stored: the bytes that were hashed, never serialised again.</summary>
/// <param name="Sequence">Counts from 1 without gaps within an epoch.</param>
/// <param name="PaymentId">26 characters; empty for entries about the terminal itself.</param>
/// <param name="Body">UTF-8 JSON, at most <see cref="MaxBody"/> bytes.</param>
/// <param name="Hash">32 bytes that tie this entry to all before it (<see cref="Chain"/>).</param>
sealed record Entry(
    long Sequence, string PaymentId, string Kind, long UnixMilliseconds, byte[] Body, byte[] Hash)
{
    public const int MaxBody = 4096;
}
