namespace Sandbox.Simulation.Model;

/// <summary>The promise that was broken, and how.</summary>
sealed record Violation(string Promise, string What);
