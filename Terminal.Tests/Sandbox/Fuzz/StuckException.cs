namespace Sandbox.Fuzz;

/// <summary>More steps than any input is worth, or no sign of life after one.</summary>
sealed class StuckException(string what) : Exception(what);
