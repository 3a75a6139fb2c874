using System.Diagnostics;

namespace Terminal.Tests.Acquirer;

/// <summary>The openssl command line tool: an opinion on our signatures that is not ours.</summary>
static class Openssl
{
    /// <summary>True if FILE.sig is a signature over FILE.</summary>
    public static bool Verifies(string publicKey, string file) =>
        Run($"dgst -sha256 -verify {publicKey} -signature {file}.sig {file}") == 0;

    /// <summary>Exit status.</summary>
    public static int Run(string arguments)
    {
        using var process = Process.Start(new ProcessStartInfo("openssl", arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        process.StandardInput.Close();
        process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode;
    }
}
