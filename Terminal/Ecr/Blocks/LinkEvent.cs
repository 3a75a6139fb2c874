namespace Terminal.Ecr.Blocks;

/// <summary>What a <see cref="Link"/> did or saw.</summary>
abstract record LinkEvent
{
    LinkEvent() { }

    /// <summary>These bytes leave now, in one write: some ECRs take what one read gives for the whole block.</summary>
    public sealed record Write(byte[] Bytes) : LinkEvent;

    /// <summary>The ECR sent a block, not seen before; its ACK is written already. Whoever takes it wipes it.
    /// </summary>
    public sealed record Arrived(byte[] Apdu) : LinkEvent;

    /// <summary>The ECR has our block.</summary>
    public sealed record Delivered : LinkEvent;

    /// <summary>The ECR did not take our block, however often it was sent.</summary>
    public sealed record Lost : LinkEvent;

    /// <summary>The ECR began a message and does not go on with it.</summary>
    public sealed record Stalled : LinkEvent;
}
