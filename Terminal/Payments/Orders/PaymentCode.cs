namespace Terminal.Payments.Orders;

/// <summary>
/// A customer's payment code. It is kept in memory only, and only while it can still be submitted. It prints masked,
/// and the journal keeps its fingerprint.
/// </summary>
sealed class PaymentCode
{
    readonly byte[] raw;
    readonly string masked;
    bool isWiped;

    /// <param name="raw">
    /// The scanned text without the reader's suffix. The array belongs to this code from now on.
    /// </param>
    /// <param name="fingerprint">
    /// Keyed hash of the code, 32 hex digits: it recognises a code without revealing it.
    /// </param>
    /// <param name="scannedAt">When the code was read; a code older than 45 s is refused.</param>
    public PaymentCode(byte[] raw, string fingerprint, Moment scannedAt)
    {
        (this.raw, Fingerprint, ScannedAt) = (raw, fingerprint, scannedAt);
        masked = raw.Length < 8 || raw.AsSpan().ContainsAnyExceptInRange((byte)'0', (byte)'9')
            ? $"{raw.Length}*"
            : $"{raw.Length}:{Digits(0)}{new string('*', raw.Length - 4)}{Digits(raw.Length - 2)}";
    }

    /// <summary>Wipes the code of an input that was lost on its way, because nobody else does.</summary>
    ~PaymentCode() => Array.Clear(raw);

    public string Fingerprint { get; }

    public Moment ScannedAt { get; }

    /// <summary>The wallet returns a whole payment or nothing.</summary>
    public bool IsIndivisible { get; init; }

    /// <summary>The raw code, for the gateway request and nothing else. Callers must not keep it.</summary>
    public ReadOnlySpan<byte> Reveal() =>
        isWiped ? throw new InvalidOperationException("a code that was wiped cannot be submitted") : raw;

    /// <summary>Erases the code: it will not be submitted any more.</summary>
    public void Wipe()
    {
        isWiped = true;
        Array.Clear(raw);
    }

    /// <summary>
    /// The length and the first and last two digits. A code that is too short, or has letters, shows its length only:
    /// an EMV code ends with its last field, which may hold a card number.
    /// </summary>
    public override string ToString() => masked;

    string Digits(int at) => $"{raw[at] - '0'}{raw[at + 1] - '0'}";
}
