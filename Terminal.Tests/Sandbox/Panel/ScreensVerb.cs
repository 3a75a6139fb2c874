namespace Sandbox.Panel;

/// <summary><c>screens --out FILE</c>: writes the contact sheet of all screens as a PNG.</summary>
public static class ScreensVerb
{
    /// <returns>Exit status: 0, or 64 when the arguments are wrong.</returns>
    public static int Run(string[] args)
    {
        if (args is not ["--out", var file])
        {
            Console.Error.WriteLine("usage: screens --out FILE");
            return 64;
        }
        File.WriteAllBytes(file, Png.Write(ContactSheet.Draw()));
        Console.WriteLine(file);
        return 0;
    }
}
