namespace Terminal.Scanner;

/// <summary>What a reader needs besides its device.</summary>
/// <param name="IdleGap">For a reader that sends no suffix (CR, LF, Tab, ETX): 50 ms; null for all others.</param>
sealed record ScanOptions(CodeTable Codes, CodeSeal Seal, TimeProvider Time, TimeSpan? IdleGap = null);
