namespace Terminal.Device;

/// <summary>
/// The user whose service keeps its files in a folder. The service could not open files that anyone else, even root,
/// wrote there.
/// </summary>
static unsafe class FolderOwner
{
    /// <exception cref="UnauthorizedAccessException">
    /// The folder belongs to another user; the message names the next step.
    /// </exception>
    public static void Demand(string folder)
    {
        if (Of(folder) is { } owner && owner != Libc.EffectiveUser())
        {
            throw Refusal(folder);
        }
    }

    public static UnauthorizedAccessException Refusal(string folder) => new(
        $"{folder} belongs to user {Of(folder)}, and this command runs as user {Libc.EffectiveUser()}; "
        + $"next step: the same command after sudo -u '#{Of(folder)}'");

    /// <summary>Null if there is no such folder.</summary>
    static uint? Of(string folder)
    {
        var answer = stackalloc byte[Libc.StatusSize];
        return Libc.Status(Libc.WorkingFolder, folder, 0, Libc.WantUser, answer) == 0
            ? *(uint*)(answer + Libc.StatusUser)
            : null;
    }
}
