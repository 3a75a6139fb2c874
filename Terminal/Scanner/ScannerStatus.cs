namespace Terminal.Scanner;

/// <summary>What a technician wants to know about a reader, counted since the process started.</summary>
/// <param name="Codes">Payment codes passed on.</param>
/// <param name="Foreign">Scans that are no payment code.</param>
/// <param name="Repeated">Scans dropped because the reader had just sent the same.</param>
/// <param name="Lost">Scans that were damaged, cut off or too long.</param>
readonly record struct ScannerStatus(bool Connected, long Codes, long Foreign, long Repeated, long Lost)
{
    /// <summary>
    /// Words for the status; names scans that had no visible effect for the cashier, with their reason.
    /// </summary>
    /// <param name="used">Codes that were ignored because they had been submitted before.</param>
    public string Words(long used)
    {
        (long Count, string What)[] ignored =
        [
            (used, "used before"), (Foreign, "no payment code"), (Repeated, "read twice"), (Lost, "damaged"),
        ];
        var said = string.Join(", ", ignored.Where(i => i.Count > 0).Select(i => $"{i.Count} {i.What}"));
        return (Connected ? "connected" : "not found") + (said.Length > 0 ? $"; ignored: {said}" : "");
    }
}
