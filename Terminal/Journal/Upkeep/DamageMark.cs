using System.Text;
using Terminal.Device;

namespace Terminal.Journal.Upkeep;

/// <summary>
/// What was found damaged in the journal, kept in a file beside it: every start knows it, until verify finds nothing
/// wrong or another journal takes its place.
/// </summary>
sealed class DamageMark(string path)
{
    const int Longest = 4096;

    /// <summary>Null: nothing is known to be damaged.</summary>
    public string? Text { get; private set; } = ReadFrom(path);

    /// <exception cref="IOException">It holds for this process only.</exception>
    public void Set(string text)
    {
        Text = text;
        StateFile.Write(path, Encoding.UTF8.GetBytes(text));
    }

    public void Remove()
    {
        File.Delete(path);
        Text = null;
    }

    /// <summary>
    /// That it is there is what counts, whatever it is: it stops new payments, and what is open goes on.
    /// </summary>
    static string? ReadFrom(string path)
    {
        try
        {
            return StateFile.Read(path, Longest) is { } text ? $"found earlier: {Encoding.UTF8.GetString(text)}" : null;
        }
        catch (IOException e)
        {
            return $"found earlier: {e.Message}";
        }
    }
}
