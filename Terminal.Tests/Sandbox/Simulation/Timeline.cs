using System.Globalization;

namespace Sandbox.Simulation;

/// <summary>What happened in a world, in four columns, for people.</summary>
sealed class Timeline
{
    readonly List<string> lines = [];

    public void Till(long at, string text) => Add(at, 0, text);

    public void Terminal(long at, string text) => Add(at, 1, text);

    public void Gateway(long at, string text) => Add(at, 2, text);

    public void Journal(long at, string text) => Add(at, 3, text);

    public void Print(TextWriter to)
    {
        to.WriteLine("      time  till | terminal | gateway | journal");
        foreach (var line in lines)
        {
            to.WriteLine(line);
        }
    }

    void Add(long at, int column, string text) => lines.Add(string.Create(
        CultureInfo.InvariantCulture, $"{at / 1e7,10:0.000}  {new string(' ', 14 * column)}{text}"));
}
