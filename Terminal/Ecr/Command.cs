namespace Terminal.Ecr;

/// <summary>Class and instruction of the ZVT commands that we understand or send.</summary>
public static class Command
{
    public const int StatusInformation = 0x040F, IntermediateStatus = 0x04FF, Status = 0x0501, Registration = 0x0600,
        Authorisation = 0x0601, LogOff = 0x0602, Completion = 0x060F, Totals = 0x0610, Termination = 0x061E,
        RepeatReceipt = 0x0620, Reversal = 0x0630, Refund = 0x0631, EndOfDay = 0x0650, Abort = 0x06B0;
}
