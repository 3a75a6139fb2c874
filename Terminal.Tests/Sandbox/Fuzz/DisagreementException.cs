namespace Sandbox.Fuzz;

/// <summary>A parser and an independent reader see different things in the same bytes.</summary>
sealed class DisagreementException(string claim) : Exception(claim);
