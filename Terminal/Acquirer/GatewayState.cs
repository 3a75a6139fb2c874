namespace Terminal.Acquirer;

/// <summary>How the gateway reacted to our newest call.</summary>
enum GatewayState
{
    /// <summary>No call has been made yet.</summary>
    Unknown,
    Answering,
    /// <summary>The call left, but no usable answer came in time.</summary>
    Silent,
    /// <summary>Nothing can be sent: a payment would end as "no connection".</summary>
    Unreachable,
    /// <summary>The signature does not fit the keys in our settings.</summary>
    Untrusted,
    /// <summary>The TLS certificate does not fit the authorities in our settings, so nothing is sent.</summary>
    CertificateRefused,
    /// <summary>The answers are signed, but at another time.</summary>
    Stale,
}

/// <summary>The state with the newest reason for it.</summary>
/// <param name="Why">Empty while there is nothing to explain.</param>
sealed record GatewayStatus(GatewayState State, string Why = "")
{
    public bool IsUp => State == GatewayState.Answering;

    /// <summary>Whether a payment would end before any of it is sent.</summary>
    public bool IsCutOff => State is GatewayState.Unreachable or GatewayState.CertificateRefused;

    public override string ToString()
    {
        var words = State switch
        {
            GatewayState.Unknown => "not asked yet",
            GatewayState.CertificateRefused => "certificate refused",
            GatewayState.Stale => "answers of another time",
            _ => State.ToString().ToLowerInvariant(),
        };
        return Why.Length > 0 ? $"{words}: {Why}" : words;
    }
}
