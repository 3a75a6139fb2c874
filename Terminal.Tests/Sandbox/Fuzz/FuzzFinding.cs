namespace Sandbox.Fuzz;

/// <summary>How an input hurt.</summary>
enum FuzzHarm
{
    Crash,
    Memory,
    Stuck,
}

/// <summary>An input that a target does not bear.</summary>
sealed record FuzzFinding(string Target, long Index, FuzzHarm Harm, byte[] Input, string What)
{
    public override string ToString() => $"""
        {Target}: {Harm.ToString().ToLowerInvariant()} by input {Index}: {What}
          {Convert.ToHexString(Input)}
          replay: fuzz --target {Target} --hex {Convert.ToHexString(Input)}
        """;
}
