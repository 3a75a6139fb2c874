using System.Text.Json;
using Terminal.Device;

namespace Terminal.Journal;

/// <summary>
/// Which journal this terminal goes on with: written when the journal is made, changed only by a conversion or a new
/// epoch, whose single decisive moment is the renaming of this file.
/// </summary>
/// <param name="Generation">Counts those changes from 1.</param>
/// <param name="Before">Epoch of the journal before the newest change; empty at first.</param>
public sealed record JournalIdentity(StoreKind Store, string Epoch, int Generation, string Before)
{
    const int Longest = 4096;

    /// <summary>Null if there is none yet.</summary>
    /// <exception cref="SettingsException">There is one, but it is damaged.</exception>
    public static JournalIdentity? Read(string file)
    {
        if (!File.Exists(file))
        {
            return null;
        }
        try
        {
            using var stream = File.OpenRead(file);
            var bytes = new byte[Longest];
            var length = stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
            using var json = Fields.Parse(bytes[..length]);
            var identity = new JournalIdentity(
                json.Name<StoreKind>("store"), json.Text("epoch"), json.Int("generation"), json.Text("before"));
            json.End();
            return identity;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or JsonException or FormatException)
        {
            throw new SettingsException("state", $"with a {file} that cannot be read ({e.Message})",
                "that file from a backup, or: terminal journal new-epoch");
        }
    }

    /// <summary>Durable when it returns; a power cut leaves this one or the one before.</summary>
    public void Write(string file)
    {
        var draft = file + ".new";
        using (var stream = new FileStream(draft, FileMode.Create, FileAccess.Write))
        {
            using (var json = new Utf8JsonWriter(stream))
            {
                json.WriteStartObject();
                json.WriteString("store", Store.ToString());
                json.WriteString("epoch", Epoch);
                json.WriteNumber("generation", Generation);
                json.WriteString("before", Before);
                json.WriteEndObject();
            }
            stream.Flush(flushToDisk: true);
        }
        File.Move(draft, file, overwrite: true);
        DirectorySync.Flush(Path.GetDirectoryName(Path.GetFullPath(file))!);
    }
}
