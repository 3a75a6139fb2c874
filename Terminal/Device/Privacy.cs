namespace Terminal.Device;

/// <summary>Hides this process's files and memory from everybody else on the box.</summary>
static class Privacy
{
    /// <summary>Nothing for group and others: files are made with mode 0600, folders with 0700.</summary>
    const uint NobodyElse = 0b000_111_111;

    /// <summary>
    /// From here on new files are for our own user only, whatever the umask at start was. Codes and keys in memory get
    /// into no core dump, and no debugger of that user can read them.
    /// </summary>
    public static void Begin()
    {
        _ = Libc.FileCreationMask(NobodyElse);
        _ = Libc.ProcessControl(Libc.SetDumpable, 0);
    }
}
