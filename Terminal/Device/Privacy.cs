namespace Terminal.Device;

/// <summary>What this process keeps from everybody else on the box.</summary>
static class Privacy
{
    /// <summary>Group and others get nothing: files are made 0600, folders 0700.</summary>
    const uint NobodyElse = 0b000_111_111;

    /// <summary>
    /// From here on files are for our own user alone, whatever umask we were started with; and codes and keys in memory
    /// come into no core dump and before no debugger of that user.
    /// </summary>
    public static void Begin()
    {
        _ = Libc.FileCreationMask(NobodyElse);
        _ = Libc.ProcessControl(Libc.SetDumpable, 0);
    }
}
