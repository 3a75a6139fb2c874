namespace Terminal.Acquirer;

/// <summary>How the gateway took our newest call.</summary>
enum GatewayState
{
    /// <summary>Nothing was asked yet.</summary>
    Unknown,
    Answering,
    /// <summary>The call left, but no usable answer came in time.</summary>
    Silent,
    /// <summary>Nothing leaves: a payment would end as "no connection".</summary>
    Unreachable,
    /// <summary>Its signature is not what our settings trust.</summary>
    Untrusted,
    /// <summary>Its TLS certificate is not what our settings trust; nothing leaves.</summary>
    CertificateRefused,
    /// <summary>Its answers are signed, but not now.</summary>
    Stale,
}

/// <summary>The state with the newest reason for it.</summary>
/// <param name="Why">Empty while there is nothing to explain.</param>
sealed record GatewayStatus(GatewayState State, string Why = "")
{
    public bool IsUp => State == GatewayState.Answering;

    /// <summary>Would a payment end before anything of it leaves?</summary>
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
