namespace Terminal.Scanner;

/// <summary>What a technician asks of a reader, since the process started.</summary>
/// <param name="Codes">Payment codes passed on.</param>
/// <param name="Foreign">Scans that are no payment code.</param>
/// <param name="Repeated">Dropped because the reader had just sent the same.</param>
/// <param name="Lost">Damaged, cut off or too long.</param>
readonly record struct ScannerStatus(bool Connected, long Codes, long Foreign, long Repeated, long Lost)
{
    /// <summary>For the status: what a cashier saw no effect of is said, with its reason.</summary>
    /// <param name="used">Codes that waited for no customer any more: submitted before.</param>
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
