using Sandbox.Disk;
using SQLitePCL;

namespace Terminal.Tests.Disk;

/// <summary>How the disk fails.</summary>
public enum DiskTrouble
{
    /// <summary>The call is not made.</summary>
    Error,
    /// <summary>The call is made, and then reported as failed; of a write the first half.</summary>
    ErrorAfterwards,
    /// <summary>There is no room for a write; any other call fails like <see cref="Error"/>.</summary>
    Full,
}

/// <summary>A disk that fails once, at the call with that number, and then works again.</summary>
sealed class FaultyDisk(int failing, DiskTrouble trouble) : DiskWatch
{
    int calls;

    public DiskCall? Failed { get; private set; }

    /// <summary>Calls that would change the disk, made after the one that failed.</summary>
    public List<DiskCall> Later { get; } = [];

    public override DiskFault? Before(DiskCall call)
    {
        if (++calls == failing)
        {
            Failed = call;
            return new(ResultOf(call), trouble == DiskTrouble.ErrorAfterwards);
        }
        if (Failed is not null && !call.OnlyLooks)
        {
            Later.Add(call);
        }
        return null;
    }

    int ResultOf(DiskCall call) => call switch
    {
        DiskCall.Write when trouble == DiskTrouble.Full => raw.SQLITE_FULL,
        DiskCall.Write => raw.SQLITE_IOERR_WRITE,
        DiskCall.Flush => raw.SQLITE_IOERR_FSYNC,
        DiskCall.Truncate => raw.SQLITE_IOERR_TRUNCATE,
        DiskCall.Delete => raw.SQLITE_IOERR_DELETE,
        DiskCall.Open => raw.SQLITE_CANTOPEN,
        _ => raw.SQLITE_IOERR_READ,
    };
}
