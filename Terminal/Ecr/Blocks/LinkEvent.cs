namespace Terminal.Ecr.Blocks;

/// <summary>What a <see cref="Link"/> did or saw.</summary>
abstract record LinkEvent
{
    LinkEvent() { }

    /// <summary>Send these bytes now, in one write: some ECRs take the bytes of one read for the whole block.</summary>
    public sealed record Write(byte[] Bytes) : LinkEvent;

    /// <summary>The ECR sent a new block, and its ACK is already written. The receiver wipes the APDU.</summary>
    public sealed record Arrived(byte[] Apdu) : LinkEvent;

    /// <summary>The ECR has our block.</summary>
    public sealed record Delivered : LinkEvent;

    /// <summary>The ECR did not acknowledge our block in any of the attempts.</summary>
    public sealed record Lost : LinkEvent;

    /// <summary>The ECR began a message and stopped in the middle of it.</summary>
    public sealed record Stalled : LinkEvent;
}
