namespace Terminal.Payments;

/// <summary>The answer of a machine: where it is now, and what it wants done.</summary>
readonly record struct Transition<TState>(TState State, params Effect[] Effects);
