namespace Terminal.Payments.Orders;

/// <summary>
/// A customer's payment code. In memory only, and no longer than it can still be submitted: it prints masked, and the
/// journal keeps its fingerprint.
/// </summary>
sealed class PaymentCode
{
    readonly byte[] raw;
    readonly string masked;
    bool isWiped;

    /// <param name="raw">The scanned text, without the reader's suffix. It belongs to this code from now on.</param>
    /// <param name="fingerprint">Keyed hash of the code, 32 hex digits: tells a code again without telling the
    /// code.</param>
    /// <param name="scannedAt">When the code was read; a code older than 45 s is refused.</param>
    public PaymentCode(byte[] raw, string fingerprint, Moment scannedAt)
    {
        (this.raw, Fingerprint, ScannedAt) = (raw, fingerprint, scannedAt);
        masked = raw.Length < 8 || raw.AsSpan().ContainsAnyExceptInRange((byte)'0', (byte)'9')
            ? $"{raw.Length}*"
            : $"{raw.Length}:{Digits(0)}{new string('*', raw.Length - 4)}{Digits(raw.Length - 2)}";
    }

    /// <summary>Of an input that was lost on its way nobody else takes care.</summary>
    ~PaymentCode() => Array.Clear(raw);

    public string Fingerprint { get; }

    public Moment ScannedAt { get; }

    /// <summary>Its wallet returns the whole of a payment, or nothing.</summary>
    public bool IsIndivisible { get; init; }

    /// <summary>The raw code, for the gateway request and nothing else. Nobody keeps it.</summary>
    public ReadOnlySpan<byte> Reveal() =>
        isWiped ? throw new InvalidOperationException("a code that was wiped cannot be submitted") : raw;

    /// <summary>It will not be submitted any more.</summary>
    public void Wipe()
    {
        isWiped = true;
        Array.Clear(raw);
    }

    /// <summary>
    /// Length, first and last two digits. Nothing of a code too short to hide its middle, nor of one with letters: an
    /// EMV code ends with whatever its last field holds, a card number included.
    /// </summary>
    public override string ToString() => masked;

    string Digits(int at) => $"{raw[at] - '0'}{raw[at + 1] - '0'}";
}
