using System.Security.Cryptography;

namespace Terminal.Journal;

/// <summary>How a journal begins: with entry 1, or where the journal that it continues was cut.</summary>
/// <param name="Epoch">16 hex digits.</param>
sealed record Origin(string Epoch, Anchor Anchor)
{
    public const int EpochLength = 16;

    /// <summary>A new epoch. Its number is random, so that a restored image never continues another journal.</summary>
    public static Origin Fresh() =>
        new(RandomNumberGenerator.GetHexString(EpochLength, lowercase: true), Anchor.Start);
}
