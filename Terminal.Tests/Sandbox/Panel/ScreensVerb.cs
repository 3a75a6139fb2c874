namespace Sandbox.Panel;

/// <summary><c>screens</c>: writes the contact sheet of all screens as a PNG.</summary>
public static class ScreensVerb
{
    public static Verb Verb { get; } = new(
        "screens", "every screen of the display on one picture", args => Task.FromResult(Run(args)))
    {
        Takes = "--out FILE",
        Options = [("--out FILE", "a PNG; always needed")],
        Example = "--out screens.png",
        LastLine = "the file that was written",
    };

    /// <returns>Exit status: 0, or 64 when the arguments are wrong.</returns>
    public static int Run(string[] args)
    {
        if (args is not ["--out", var file])
        {
            return 64;
        }
        File.WriteAllBytes(file, Png.Write(ContactSheet.Draw()));
        Console.WriteLine(file);
        return 0;
    }
}
