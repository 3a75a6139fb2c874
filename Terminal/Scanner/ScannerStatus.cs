namespace Terminal.Scanner;

/// <summary>What a technician asks of a reader, since the process started.</summary>
/// <param name="Codes">Payment codes passed on.</param>
/// <param name="Foreign">Scans that are no payment code.</param>
/// <param name="Repeated">Dropped because the reader had just sent the same.</param>
/// <param name="Lost">Damaged, cut off or too long.</param>
public readonly record struct ScannerStatus(bool Connected, long Codes, long Foreign, long Repeated, long Lost);
