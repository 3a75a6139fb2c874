using Sandbox;

return args switch
{
    ["--help" or "-h" or "help"] => Say(Console.Out, 0),
    [var name, .. var rest] when Verb.All.FirstOrDefault(v => v.Name == name) is { } verb =>
        await verb.CallAsync(rest, Console.Out, Console.Error),
    _ => Say(Console.Error, 64),
};

static int Say(TextWriter to, int status)
{
    to.WriteLine(Verb.Overview);
    return status;
}
