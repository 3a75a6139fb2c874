namespace Terminal.Acquirer;

/// <summary>How the gateway took our newest call.</summary>
public enum GatewayState
{
    /// <summary>Nothing was asked yet.</summary>
    Unknown,
    Answering,
    /// <summary>The call left, but no usable answer came in time.</summary>
    Silent,
    Unreachable,
    /// <summary>Its certificate or its signature is not what our settings trust.</summary>
    Untrusted,
}
