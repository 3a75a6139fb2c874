namespace Sandbox.Conform;

/// <summary>One thing that a cash register must do right.</summary>
/// <param name="Do">What the person at the register is asked to do.</param>
/// <param name="Advice">What a till should do in this situation.</param>
/// <param name="Play">Plays the terminal's part; a <see cref="Deviation"/> fails it.</param>
sealed record RegisterCase(string Name, string Do, string Advice, Action<RegisterProbe> Play)
{
    /// <summary>Whether it must hold the sale for paid afterwards; null: that is not asked.</summary>
    public bool? IsPaid { get; init; }

    /// <summary>It is about blocks, which TCP does not have.</summary>
    public bool IsSerial { get; init; }

    /// <summary>It must come back by itself, for which it may take minutes.</summary>
    public bool IsSlow { get; init; }
}

/// <summary>The person at the register: only they can see what it booked.</summary>
/// <param name="Do">Asks them to do something.</param>
/// <param name="Holds">Whether the register holds this receipt for paid.</param>
sealed record Cashier(Action<string> Do, Func<int, bool> Holds);
