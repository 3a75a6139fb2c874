namespace Sandbox.Acquirer;

/// <summary>Headers by lower-case name, and the body; both are empty for a lost answer.</summary>
public sealed record GatewayMessage(IReadOnlyDictionary<string, string> Headers, byte[] Body)
{
    public static readonly GatewayMessage Nothing = new(new Dictionary<string, string>(), []);

    public string Header(string name) => Headers.GetValueOrDefault(name, "");

    public override string ToString() => $"{Body.Length} bytes";
}
