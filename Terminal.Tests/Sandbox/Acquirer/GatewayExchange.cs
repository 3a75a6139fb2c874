namespace Sandbox.Acquirer;

/// <summary>One request and its answer, byte for byte. It prints without bodies: they hold payment codes.</summary>
/// <param name="Path">As requested and signed.</param>
/// <param name="Request">Headers (lower-case names) and body.</param>
/// <param name="Summary">How the gateway understood it; the code is masked.</param>
public sealed record GatewayExchange(string Path, GatewayMessage Request, GatewayMessage Response, string Summary)
{
    public string Call => Path[(Path.LastIndexOf('/') + 1)..];

    public override string ToString() => $"{Call,-14} {Summary}";
}
