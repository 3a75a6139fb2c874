namespace Sandbox.Acquirer;

/// <summary>What a terminal asked the gateway to return.</summary>
public sealed record RefundOrder(string RefundId, string GatewayId, long Minor, string Currency);
