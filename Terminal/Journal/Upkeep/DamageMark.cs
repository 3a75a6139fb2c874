using System.Text;
using Terminal.Device;

namespace Terminal.Journal.Upkeep;

/// <summary>
/// Keeps what was found damaged in the journal in a file beside it. Every start knows it until verify finds nothing
/// wrong or another journal takes the place of this one.
/// </summary>
sealed class DamageMark(string path)
{
    const int Longest = 4096;

    /// <summary>Null: nothing is known to be damaged.</summary>
    public string? Text { get; private set; } = ReadFrom(path);

    /// <exception cref="IOException">The mark holds for this process only.</exception>
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
    /// Only the presence of the file counts, even if it is unreadable: it stops new payments, and open ones go on.
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
