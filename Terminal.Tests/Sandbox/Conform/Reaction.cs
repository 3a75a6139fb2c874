using Sandbox.Ecr;

namespace Sandbox.Conform;

/// <summary>What a till does with a message of the terminal.</summary>
abstract record Reaction
{
    Reaction() { }

    /// <summary>ACK and 80 00 00.</summary>
    public static readonly Reaction Yes = new Accept();

    /// <summary>ACK and 80 00 00.</summary>
    public sealed record Accept : Reaction;

    /// <summary>ACK and 84 xx 00.</summary>
    public sealed record Refuse(byte Code) : Reaction;

    /// <summary>ACK and 84 9D with these bytes, which say how much of the goods was handed over.</summary>
    public sealed record Part(string Data) : Reaction;

    /// <summary>ACK, and no answer.</summary>
    public sealed record Mute : Reaction;

    /// <summary>The till answers, but its answer never reaches the terminal.</summary>
    public sealed record LoseAnswer : Reaction;

    /// <summary>NAK: the block did not arrive in one piece.</summary>
    public sealed record Nak : Reaction;

    /// <summary>Nothing at all, as with a pulled cable.</summary>
    public sealed record Deaf : Reaction;

    /// <summary>Nothing at all, and the till stops listening.</summary>
    public sealed record Leave : Reaction;

    /// <summary>Reacts like this to the first messages of this kind, and with yes to all others.</summary>
    public static Func<Telegram, Reaction> On(int command, Reaction reaction, int times = 1)
    {
        var left = times;
        return message => message.Command == command && left-- > 0 ? reaction : Yes;
    }

    /// <summary>Reacts with yes until the first message of this kind, and like this from then on.</summary>
    public static Func<Telegram, Reaction> From(int command, Reaction reaction)
    {
        var hasCome = false;
        return message => (hasCome |= message.Command == command) ? reaction : Yes;
    }
}
