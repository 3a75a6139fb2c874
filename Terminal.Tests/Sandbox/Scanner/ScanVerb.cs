using System.Text;
using Sandbox.Ecr;

namespace Sandbox.Scanner;

/// <summary><c>scan</c>: shows codes to the terminal, as a serial reader would.</summary>
public static class ScanVerb
{
    public static Verb Verb { get; } = new(
        "scan", "a serial scanner that reads codes", args => Task.FromResult(Run(args, Console.In)))
    {
        Takes = "CODE --device PATH | --pty LINK",
        Options =
        [
            ("--device PATH", "the other end of the terminal's scanner cable"),
            ("--pty LINK", "be the device itself, at LINK; one code a line from the standard input"),
        ],
        Example = "281234567890123456 --device /tmp/scanner",
        LastLine = "nothing is printed unless the line cannot be written",
    };

    /// <param name="args">
    /// <c>CODE --device PATH</c>: one code, at the other end of the terminal's scanner cable. <c>--pty LINK</c>: be the
    /// reader; LINK is the device for the terminal's settings while this runs.
    /// </param>
    /// <param name="codes">For <c>--pty</c>: one code per line.</param>
    /// <returns>0; 64 for a wrong command line; 74 when the line cannot be written.</returns>
    public static int Run(string[] args, TextReader codes)
    {
        try
        {
            switch (args)
            {
                case [{ Length: > 0 } code, "--device", var path]:
                    using (var line = new FileStream(path, FileMode.Open, FileAccess.Write, FileShare.ReadWrite, 0))
                    {
                        line.Write(Scan(code));
                    }
                    return 0;
                case ["--pty", var link]:
                    return BeReader(link, codes);
                default:
                    return 64;
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            Console.Error.WriteLine($"scan: {e.Message}");
            return 74;
        }
    }

    static int BeReader(string link, TextReader codes)
    {
        using var pty = new Pty();
        File.CreateSymbolicLink(link, pty.DevicePath);
        try
        {
            while (codes.ReadLine() is { } code)
            {
                if (!pty.Master.Write(Scan(code)))
                {
                    return 74;
                }
            }
            return 0;
        }
        finally
        {
            File.Delete(link);
        }
    }

    static byte[] Scan(string code) => Encoding.ASCII.GetBytes(code + "\r");
}
