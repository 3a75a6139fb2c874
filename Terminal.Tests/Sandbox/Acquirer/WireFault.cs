namespace Sandbox.Acquirer;

/// <summary>What can be wrong with an answer on its way.</summary>
public enum WireFault
{
    None,
    /// <summary>The connection closes; the request was never processed.</summary>
    DropRequest,
    /// <summary>Processed, then the connection closes.</summary>
    DropAnswer,
    NoSignature,
    WrongKey,
    NoKeyVersion,
    /// <summary>Changed after it was signed.</summary>
    Altered,
    OtherId,
    OtherAmount,
    OtherCurrency,
    Html,
    BadGateway,
    Redirect,
    /// <summary>Headers, then a byte per second.</summary>
    SlowBody,
    HugeBody,
}
