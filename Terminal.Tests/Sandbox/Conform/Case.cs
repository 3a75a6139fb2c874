namespace Sandbox.Conform;

/// <summary>What a case needs.</summary>
[Flags]
enum Needs
{
    Nothing = 0,
    Serial = 1,
    Tcp = 2,
    /// <summary>The sandbox's gateway behind the terminal, which behaves as the amount says.</summary>
    Gateway = 4,
    /// <summary>The terminal's own scanner, to which the case shows a code.</summary>
    Scanner = 8,
    /// <summary>The power switch of the terminal.</summary>
    Restart = 16,
    /// <summary>A terminal that never had a transaction.</summary>
    Fresh = 32,
    /// <summary>The case takes seconds, because it waits for a timer of the protocol or of the gateway.</summary>
    Time = 64,
    /// <summary>
    /// The case closes the business period, which a foreign terminal must not be put through unasked.
    /// </summary>
    EndOfDay = 128,
    /// <summary>A terminal that accepts any password.</summary>
    AnyPassword = 256,
    /// <summary>Our own rule: another terminal may do as it likes.</summary>
    Ours = 512,
}

/// <summary>One thing that a terminal must do right.</summary>
/// <param name="Advice">What a till should do in this situation.</param>
/// <param name="Play">Plays the case; a <see cref="Deviation"/> fails it.</param>
sealed record Case(string Name, Needs Needs, string Advice, Action<Probe> Play);
