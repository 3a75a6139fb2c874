using System.Text;
using Terminal.Payments;
using Terminal.Payments.Orders;
using Terminal.Scanner;

namespace Sandbox.Scanner;

/// <summary>Codes as text, which the product never has them as.</summary>
static class Codes
{
    public static PaymentCode Of(string raw, string fingerprint, Moment scannedAt) =>
        new(Bytes(raw), fingerprint, scannedAt);

    public static string Text(this PaymentCode code) => Encoding.Latin1.GetString(code.Reveal());

    public static PaymentCode Seal(this CodeSeal seal, string raw, Moment scannedAt) =>
        seal.Seal(Bytes(raw), scannedAt);

    public static CodeKind Classify(this CodeTable table, string code) => table.Classify(Bytes(code));

    public static bool IsCard(this CodeTable table, string text, bool isFromBarcode) =>
        table.IsCard(Bytes(text), isFromBarcode);

    public static byte[] Bytes(string text) => Encoding.Latin1.GetBytes(text);
}

/// <summary>Gives each scan back, instead of handing it over.</summary>
sealed class ScanReading
{
    readonly ScanLine line;
    string? scan;

    public ScanReading(TimeSpan? idleGap = null) =>
        line = new(read => scan = Encoding.Latin1.GetString(read), idleGap);

    public Moment WakeAt => line.WakeAt;

    public long Lost => line.Lost;

    public long Repeated => line.Repeated;

    public string? Take(byte next, Moment now) => Taken(() => line.Take(next, now));

    public string? Idle(Moment now) => Taken(() => line.Idle(now));

    public void Cut() => line.Cut();

    string? Taken(Action read)
    {
        scan = null;
        read();
        return scan;
    }
}
