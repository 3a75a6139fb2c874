namespace Terminal.Ecr.Blocks;

/// <summary>What a <see cref="FrameDecoder"/> makes of the bytes.</summary>
abstract record Received
{
    Received() { }

    /// <summary>A block whose CRC is right; its APDU may still be nonsense. Whoever takes it wipes it.</summary>
    public sealed record Block(byte[] Apdu) : Received;

    /// <summary>A block began and cannot be used: it wants a NAK.</summary>
    public sealed record Broken : Received;

    public sealed record Ack : Received;

    public sealed record Nak : Received;
}
