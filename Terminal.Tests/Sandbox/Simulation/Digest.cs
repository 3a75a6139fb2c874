namespace Sandbox.Simulation;

/// <summary>Equal in two runs only if every byte left at the same moment in both (FNV-1a, 64 bits).</summary>
sealed class Digest
{
    public ulong Value { get; private set; } = 14695981039346656037;

    public void Add(long at, ReadOnlySpan<byte> bytes)
    {
        unchecked
        {
            Value = (Value ^ (ulong)at) * 1099511628211;
            foreach (var b in bytes)
            {
                Value = (Value ^ b) * 1099511628211;
            }
        }
    }
}
