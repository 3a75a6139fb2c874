using Terminal.Panel.Words;

namespace Terminal;

/// <summary>What others on this box may do with our secrets: payments go on, but somebody should stop that.</summary>
/// <param name="Text">What is wrong, and the next step.</param>
sealed record Exposure(FieldCode Code, string Text)
{
    const UnixFileMode ForOthers = UnixFileMode.OtherRead | UnixFileMode.OtherWrite;
    const UnixFileMode WritableByOthers = UnixFileMode.OtherWrite | UnixFileMode.GroupWrite;

    /// <summary>
    /// A group may read a key: that is how the service gets a key that belongs to root. Nobody else may write what this
    /// terminal believes.
    /// </summary>
    public static IReadOnlyList<Exposure> In(Settings settings)
    {
        string?[] keys =
        [
            settings.Acquirer.PrivateKeyFile, settings.Ecr.Tls?.Key, settings.Backend?.Tls?.Key,
            settings.Backend?.PasswordFile, settings.CodeKey,
        ];
        return
        [
            .. keys.OfType<string>().Where(key => Allows(key, ForOthers | UnixFileMode.GroupWrite)).Select(key =>
                new Exposure(FieldCodes.KeyExposed, $"{key} is open to other users; next step: chmod 600 {key}")),
            .. Allows(settings.StateFolder, WritableByOthers)
                ? [new Exposure(FieldCodes.StateExposed, $"other users may write in {settings.StateFolder}; " +
                    $"next step: chmod 700 {settings.StateFolder}")]
                : (Exposure[])[],
        ];
    }

    static bool Allows(string path, UnixFileMode mode)
    {
        try
        {
            return (File.GetUnixFileMode(path) & mode) != 0;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false; // The code that reads the file reports it.
        }
    }
}
