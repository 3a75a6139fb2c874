namespace Sandbox.Disk;

/// <summary>How a call on a file fails.</summary>
/// <param name="Why">As the file system would say it.</param>
/// <param name="HalfDone">A write puts down half of its bytes and fails; any other call is done and fails.</param>
public sealed record DiskFault(string Why, bool HalfDone = false);

/// <summary>Between the journal and its files: sees each call before it is made, and may fail it.</summary>
public class DiskWatch
{
    /// <returns>Null: the call is made.</returns>
    public virtual DiskFault? Before(DiskCall call) => null;
}
