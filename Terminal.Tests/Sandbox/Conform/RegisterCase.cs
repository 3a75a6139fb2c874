namespace Sandbox.Conform;

/// <summary>One thing that a cash register must do right.</summary>
/// <param name="Do">What the person at the register is asked to do.</param>
/// <param name="Advice">What a till should do in this situation.</param>
/// <param name="Play">Plays the terminal's part; a <see cref="Deviation"/> fails it.</param>
sealed record RegisterCase(string Name, string Do, string Advice, Action<RegisterProbe> Play)
{
    /// <summary>Whether the register must hold the sale for paid afterwards; null if that is not asked.</summary>
    public bool? IsPaid { get; init; }

    /// <summary>The case is about blocks, which TCP does not have.</summary>
    public bool IsSerial { get; init; }

    /// <summary>The register must come back by itself, which may take minutes.</summary>
    public bool IsSlow { get; init; }
}

/// <summary>The person at the register, who alone can see what it booked.</summary>
/// <param name="Do">Asks them to do something.</param>
/// <param name="Holds">Whether the register holds this receipt for paid.</param>
sealed record Cashier(Action<string> Do, Func<int, bool> Holds);
