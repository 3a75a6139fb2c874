using Terminal.Device;
using Terminal.Journal.Upkeep;

namespace Terminal.Journal;

/// <summary>How long the journal is kept, and how large it may grow.</summary>
sealed record JournalSettings
{
    /// <summary>
    /// How long closed payments are kept once the head office has acknowledged them; at least a day, so that M7 holds.
    /// </summary>
    public TimeSpan Keep { get; init; } = TimeSpan.FromDays(90);

    /// <summary>New payments are refused near this size; an entry counts as <see cref="Room.EntryBytes"/>.</summary>
    public long MaxBytes { get; init; } = 1L << 30;

    public static JournalSettings Read(SettingsSection section)
    {
        var settings = new JournalSettings
        {
            Keep = TimeSpan.FromDays(section.Number("keepDays", 90, 1, 3650)),
            MaxBytes = section.Number("maxBytes", 1 << 30, 1 << 24, int.MaxValue),
        };
        section.End();
        return settings;
    }
}
