namespace Terminal.Tests.Ecr;

/// <summary>Bytes as people write them: hex digits with spaces anywhere.</summary>
static class Hex
{
    public static byte[] Bytes(string hex) => Convert.FromHexString(hex.Replace(" ", ""));

    public static string Of(ReadOnlySpan<byte> bytes) => Convert.ToHexString(bytes);
}
