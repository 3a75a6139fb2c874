namespace Terminal.Journal;

/// <summary>
/// What was found damaged in the journal, kept in a file beside it: every start knows it, until verify finds nothing
/// wrong or another journal takes its place.
/// </summary>
public sealed class DamageMark(string path)
{
    const int Longest = 4096;

    /// <summary>Null: nothing is known to be damaged.</summary>
    public string? Text { get; private set; } = ReadFrom(path);

    /// <exception cref="IOException">It holds for this process only.</exception>
    public void Set(string text)
    {
        Text = text;
        using (var file = new FileStream(path, FileMode.Create, FileAccess.Write))
        {
            file.Write(System.Text.Encoding.UTF8.GetBytes(text));
            file.Flush(flushToDisk: true);
        }
        DirectorySync.Flush(Path.GetDirectoryName(Path.GetFullPath(path))!);
    }

    public void Remove()
    {
        File.Delete(path);
        Text = null;
    }

    /// <summary>That it is there is what counts: what it says may itself be unreadable.</summary>
    static string? ReadFrom(string path)
    {
        if (!File.Exists(path))
        {
            return null;
        }
        using var file = new StreamReader(path);
        var text = new char[Longest];
        return $"found earlier: {new(text, 0, file.ReadBlock(text))}";
    }
}
