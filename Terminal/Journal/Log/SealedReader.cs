namespace Terminal.Journal.Log;

/// <summary>Reads sealed segments, from any thread; the one that was read last stays in memory.</summary>
sealed class SealedReader(IDisk disk, ulong epoch)
{
    readonly Lock gate = new();
    SealedFile recent;
    Segment? segment;

    /// <returns>Null: there is no such file.</returns>
    /// <exception cref="JournalFailedException">It is not as it was written.</exception>
    public List<LogRecord>? Read(SealedFile file, long from, int limit)
    {
        lock (gate)
        {
            try
            {
                if (segment is null || recent != file)
                {
                    segment = Segment.OfSealed(LogFiles.ReadAll(disk, file.Name), epoch);
                    recent = file;
                }
                return segment.After == file.After && segment.Last == file.Last
                    ? segment.Read(from, limit)
                    : throw new FormatException($"it holds entries {segment.After + 1} to {segment.Last}");
            }
            catch (FileNotFoundException)
            {
                return null;
            }
            catch (FormatException e)
            {
                segment = null;
                throw LogFiles.Damaged($"{file.Name}: {e.Message}");
            }
        }
    }
}
