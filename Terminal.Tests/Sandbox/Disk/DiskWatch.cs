namespace Sandbox.Disk;

/// <summary>How a call on a file fails.</summary>
/// <param name="Result">What SQLite is told.</param>
/// <param name="HalfDone">A write puts down half of its bytes and fails; any other call is done and fails.</param>
public sealed record DiskFault(int Result, bool HalfDone = false);

/// <summary>Between SQLite and the files of one folder: sees each call before it is made, and may fail it.</summary>
public class DiskWatch
{
    /// <summary>SQLite is told that a write never touches the bytes next to it, whatever the power does.</summary>
    public virtual bool PromisesSafeNeighbours => false;

    /// <returns>Null: the call is made.</returns>
    public virtual DiskFault? Before(DiskCall call) => null;
}
