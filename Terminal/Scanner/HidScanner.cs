using Terminal.Payments;

namespace Terminal.Scanner;

/// <summary>A reader that types like a keyboard; <see cref="EvdevLine"/> makes it a byte line.</summary>
/// <param name="device">Its name in /dev/input/by-id, or a full path; event numbers change with every start.</param>
public sealed class HidScanner(string device, ScanOptions options) : IScanner
{
    readonly SerialScanner scanner = new(() => EvdevLine.Open(Path.Combine("/dev/input/by-id", device)), options);

    public ScannerStatus Status => scanner.Status;

    public void Start(Action<DeskInput> post) => scanner.Start(post);

    public void Dispose() => scanner.Dispose();
}
