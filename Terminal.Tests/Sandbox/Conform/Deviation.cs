namespace Sandbox.Conform;

/// <summary>The other side did not do what the case expects of it; ends the case.</summary>
sealed class Deviation(string expected, string got) : Exception($"expected {expected}, got {got}");
