namespace Terminal.Payments;

/// <summary>
/// A customer's payment code. In memory only: it prints masked, and the journal keeps its fingerprint.
/// </summary>
/// <param name="raw">The scanned text, without the reader's suffix.</param>
/// <param name="fingerprint">Keyed hash of the code, 32 hex digits: tells a code again without telling the
/// code.</param>
/// <param name="scannedAt">When the code was read; a code older than 45 s is refused.</param>
public sealed class PaymentCode(string raw, string fingerprint, Moment scannedAt)
{
    public string Fingerprint { get; } = fingerprint;
    public Moment ScannedAt { get; } = scannedAt;

    /// <summary>Its wallet returns the whole of a payment, or nothing.</summary>
    public bool IsIndivisible { get; init; }

    /// <summary>The raw code, for the gateway request and nothing else.</summary>
    public string Reveal() => raw;

    /// <summary>
    /// Length, first and last two digits. Nothing of a code too short to hide its middle, nor of one with letters: an
    /// EMV code ends with whatever its last field holds, a card number included.
    /// </summary>
    public override string ToString() => raw.Length < 8 || !raw.All(char.IsAsciiDigit)
        ? $"{raw.Length}*"
        : $"{raw.Length}:{raw[..2]}{new string('*', raw.Length - 4)}{raw[^2..]}";
}
