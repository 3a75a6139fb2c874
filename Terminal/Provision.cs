using Terminal.Acquirer;
using Terminal.Device;

namespace Terminal;

/// <summary>
/// Loads every file that the settings name before anything starts. <c>run</c> and <c>settings check</c> both use it, so
/// that the check says what the run would.
/// </summary>
static class Provision
{
    /// <param name="tell">Hears what somebody should change, although the service starts.</param>
    /// <exception cref="SettingsException">A key, certificate or password file cannot be used.</exception>
    public static void Check(Settings settings, Action<string> tell)
    {
        new AmsKeys(settings.Acquirer).Dispose();
        _ = settings.Acquirer.Trusted();
        _ = settings.Ecr.Tls?.Load();
        settings.Backend?.Check();
        foreach (var exposure in Exposure.In(settings))
        {
            tell($"{exposure.Code.Code}: {exposure.Text}");
        }
        if (OpenFiles.Problem() is { } few)
        {
            tell(few);
        }
    }
}
