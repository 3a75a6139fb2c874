using System.Text.Json;
using Terminal.Device;

namespace Terminal.Journal;

/// <summary>
/// Which journal this terminal goes on with: written when the journal is made, changed only by a new epoch,
/// whose single decisive moment is the renaming of this file.
/// </summary>
/// <param name="Generation">Counts the epochs from 1.</param>
/// <param name="Before">Epoch of the journal before the newest change; empty at first.</param>
sealed record JournalIdentity(string Epoch, int Generation, string Before)
{
    const int Longest = 4096;

    /// <summary>Of the whole journal.</summary>
    const int Format = 1;

    /// <summary>Null if there is no identity yet.</summary>
    /// <exception cref="JournalFailedException">There is one, but it is damaged or cannot be read.</exception>
    public static JournalIdentity? Read(string file)
    {
        try
        {
            if (StateFile.Read(file, Longest) is not { } bytes)
            {
                return null;
            }
            using var json = EntryFields.Parse(bytes);
            if (!json.Has("format") || json.Long("format") != Format)
            {
                throw new JournalFailedException($"{file} is of another version of this program, and nothing was " +
                    "touched; next step: install that version")
                { IsForeign = true };
            }
            var identity = new JournalIdentity(json.Text("epoch"), json.Int("generation"), json.Text("before"));
            json.End();
            return identity;
        }
        catch (Exception e) when (e is IOException or JsonException or FormatException)
        {
            throw new JournalFailedException(
                $"{file} cannot be read ({e.Message}); " +
                "next step: that file from a backup, or: terminal journal new-epoch", e)
            { IsDamage = e is not IOException };
        }
    }

    /// <summary>The file is durable on return; a power cut leaves either the old file or the new one.</summary>
    public void Write(string file) => StateFile.Write(file, Json.Object(json =>
    {
        json.WriteNumber("format", Format);
        json.WriteString("epoch", Epoch);
        json.WriteNumber("generation", Generation);
        json.WriteString("before", Before);
    }));
}
