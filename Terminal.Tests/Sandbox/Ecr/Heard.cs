namespace Sandbox.Ecr;

/// <summary>What came over the line.</summary>
enum Sound
{
    /// <summary>Nothing came while one listened.</summary>
    Silence,
    Ack,
    Nak,
    /// <summary>A block with the right CRC; over TCP an APDU.</summary>
    Block,
    /// <summary>A block that stopped in the middle, or whose CRC is wrong.</summary>
    Broken,
    /// <summary>A byte that begins nothing.</summary>
    Noise,
    HungUp,
}

/// <summary>One thing that was heard.</summary>
/// <param name="Raw">The bytes on the line.</param>
/// <param name="Apdu">The message in a block, without framing and doubling.</param>
/// <param name="Began">When its first byte came.</param>
sealed record Heard(Sound Sound, byte[] Raw, byte[] Apdu, TimeSpan Began)
{
    public Telegram? Telegram => Sound == Sound.Block ? Ecr.Telegram.Read(Apdu) : null;

    public override string ToString() => Sound switch
    {
        Sound.Silence => "silence",
        Sound.HungUp => "the end of the connection",
        _ => $"{Octets.Show(Raw)} ({Sound})",
    };
}
