namespace Terminal.Ecr.Messages;

/// <summary>Class and instruction of the ZVT commands that we understand or send.</summary>
static class Command
{
    public const int StatusInformation = 0x040F, IntermediateStatus = 0x04FF, Status = 0x0501, Registration = 0x0600,
        Authorisation = 0x0601, LogOff = 0x0602, Completion = 0x060F, Totals = 0x0610, Reset = 0x0618,
        Termination = 0x061E, RepeatReceipt = 0x0620, Reversal = 0x0630, Refund = 0x0631, EndOfDay = 0x0650,
        Diagnosis = 0x0670, SelfTest = 0x0679, Initialisation = 0x0693, Abort = 0x06B0, PrintLine = 0x06D1,
        PrintBlock = 0x06D3, DisplayText = 0x06E0, SelectLanguage = 0x0830, ChangeBaud = 0x0840;
}
