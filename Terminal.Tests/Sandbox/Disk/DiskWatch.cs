namespace Sandbox.Disk;

/// <summary>How a call on a file fails.</summary>
/// <param name="Result">What SQLite is told.</param>
/// <param name="HalfDone">A write gets half of its bytes onto the disk first; any other call is done and then fails.</param>
public sealed record DiskFault(int Result, bool HalfDone = false);

/// <summary>Stands between SQLite and the files of one folder: sees each call before it is made, and may fail it.</summary>
public class DiskWatch
{
    /// <summary>SQLite is told that a write never touches the bytes next to it, whatever the power does.</summary>
    public virtual bool PromisesSafeNeighbours => false;

    /// <returns>Null: the call is made.</returns>
    public virtual DiskFault? Before(DiskCall call) => null;
}
