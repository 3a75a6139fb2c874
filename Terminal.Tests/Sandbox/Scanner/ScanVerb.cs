using System.Text;

namespace Sandbox.Scanner;

/// <summary><c>scan CODE --device PATH</c>: shows a code to the terminal, as a serial reader would.</summary>
public static class ScanVerb
{
    /// <param name="args">The code, then the line that the service reads, as <c>--device</c> or <c>--pty</c>.</param>
    /// <returns>0; 64 for a wrong command line; 74 when the line cannot be written.</returns>
    public static int Run(string[] args)
    {
        if (args is not [var code, "--device" or "--pty", var path] || code.Length == 0)
        {
            Console.Error.WriteLine("usage: scan CODE --device PATH");
            return 64;
        }
        try
        {
            using var line = new FileStream(path, FileMode.Open, FileAccess.Write, FileShare.ReadWrite, bufferSize: 0);
            line.Write(Encoding.ASCII.GetBytes(code + "\r"));
            return 0;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            Console.Error.WriteLine($"scan: {e.Message}");
            return 74;
        }
    }
}
