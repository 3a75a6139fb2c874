using Sandbox.Disk;

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
            return new(WhyOf(call), trouble == DiskTrouble.ErrorAfterwards);
        }
        if (Failed is not null && !call.OnlyLooks)
        {
            Later.Add(call);
        }
        return null;
    }
    string WhyOf(DiskCall call) =>
        call is DiskCall.Write && trouble == DiskTrouble.Full ? "No space left on device" : "Input/output error";
}
