using Sandbox.Acquirer;
using Sandbox.Demo;

const string help = """
    sandbox: the world around the terminal, simulated

      demo [--book-on-completion]    payments that go right and wrong, and three books that must agree
      gateway [--port N] [--dir DIR] the simulated payment gateway

    exit status: 0 all is well, 1 something is wrong, 64 wrong command line
    """;

return args switch
{
    ["demo", .. var rest] => await DemoVerb.RunAsync(rest),
    ["gateway", .. var rest] => await GatewayVerb.RunAsync(rest),
    ["--help" or "-h" or "help", ..] => Say(Console.Out, 0),
    _ => Say(Console.Error, 64),
};

static int Say(TextWriter to, int status)
{
    to.WriteLine(help);
    return status;
}
