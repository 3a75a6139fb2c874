using System.Globalization;

namespace Sandbox.Bench;

/// <summary>One row of the table.</summary>
/// <param name="Ratio">To the reference; null: there is none.</param>
/// <param name="Target">What is asked for, and whether this run met it.</param>
sealed record Figure(string What, double? Ratio, string Measured, string Reference, string Target = "")
{
    public static string Verdict(string target, bool met) => $"{target}: {(met ? "met" : "**missed**")}";

    public override string ToString()
    {
        var ratio = Ratio is { } r ? string.Create(CultureInfo.InvariantCulture, $"{r:0.00} ×") : "";
        return $"| {What} | {ratio} | {Measured} | {Reference} | {Target} |";
    }
}
