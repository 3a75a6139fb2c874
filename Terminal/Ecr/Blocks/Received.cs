namespace Terminal.Ecr.Blocks;

/// <summary>What a <see cref="FrameDecoder"/> finds in the bytes.</summary>
abstract record Received
{
    Received() { }

    /// <summary>A block with a correct CRC; its APDU may still be nonsense. The receiver wipes it.</summary>
    public sealed record Block(byte[] Apdu) : Received;

    /// <summary>A block began but cannot be used, so it gets a NAK.</summary>
    public sealed record Broken : Received;

    public sealed record Ack : Received;

    public sealed record Nak : Received;
}
