namespace Terminal;

/// <summary>How the process ends; systemd and scripts read it.</summary>
static class ExitStatus
{
    public const int Success = 0;

    /// <summary>The command ran and found something wrong.</summary>
    public const int Failed = 1;

    /// <summary>The command line is wrong.</summary>
    public const int Usage = 64;

    /// <summary>No service runs to answer the command.</summary>
    public const int Unavailable = 69;

    /// <summary>The journal cannot be read or written: start again into recovery.</summary>
    public const int JournalFailed = 74;

    /// <summary>The command is for the service's own user.</summary>
    public const int NoPermission = 77;

    /// <summary>A setting is wrong: starting again does not help until somebody changes it.</summary>
    public const int Settings = 78;
}
