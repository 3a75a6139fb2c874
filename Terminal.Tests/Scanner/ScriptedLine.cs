using System.Text;
using Terminal.Device;

namespace Terminal.Tests.Scanner;

/// <summary>A line that gives what the script says, one text per read; null = silent until it is disposed.</summary>
sealed class ScriptedLine(params Func<string?>[] script) : ISerialLine
{
    readonly ManualResetEventSlim gone = new();
    int next;

    public bool IsDisposed => gone.IsSet;

    public int Read(Span<byte> buffer)
    {
        if (gone.IsSet || next == script.Length)
        {
            return 0;
        }
        if (script[next++]() is { } text)
        {
            return Encoding.ASCII.GetBytes(text, buffer);
        }
        gone.Wait();
        return 0;
    }

    public bool Write(ReadOnlySpan<byte> bytes) => false;

    public void Dispose() => gone.Set();
}
