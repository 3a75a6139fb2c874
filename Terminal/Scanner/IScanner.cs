using Terminal.Payments;

namespace Terminal.Scanner;

/// <summary>
/// The code reader. Nobody handles its failures: a reader that is gone is looked for until it is back, and a damaged
/// scan is dropped and counted, for the customer can show the code again.
/// </summary>
public interface IScanner : IDisposable
{
    ScannerStatus Status { get; }

    /// <summary>
    /// Reads on a thread of its own until disposed; call once. Each payment code is posted as a
    /// <see cref="DeskInput.Scanned"/>; what is no payment code is not.
    /// </summary>
    /// <param name="post">Must not wait.</param>
    void Start(Action<DeskInput> post);
}
