using Sandbox.Acceptance;
using Sandbox.Acquirer;
using Sandbox.Backend;
using Sandbox.Bench;
using Sandbox.Conform;
using Sandbox.Demo;
using Sandbox.Ecr;
using Sandbox.Fuzz;
using Sandbox.KillTest;
using Sandbox.Panel;
using Sandbox.PowerCut;
using Sandbox.Scanner;
using Sandbox.Simulation;

const string help = """
    sandbox: the world around the terminal, simulated

      demo [--book-on-completion]    payments that go right and wrong, and three books that must agree
      simulate [--payments N] [--seed S] [--plant NAME] [--list-plants] [--world SEED [--trace]]
                                     the real core and loop in virtual time, against an independent model
      bench [--long] [--only shop|start|journal|simulate]
                                     what it costs, as ratios to what this machine can do at all
      gateway [--port N] [--dir DIR] the simulated payment gateway
      backend --port N --dir DIR     a head office at the broker on port N; prints and stores each entry
      screens --out FILE             every screen of the display on one picture
      ecr pay EUROS [--code CODE] | repeat | status | register | abort, each with --device PATH or --tcp HOST:PORT
                                     a till; shows every message of the dialogue
      scan CODE --device PATH        a scanner that reads one code
      fuzz [--target NAME] [--inputs N] [--seed S] [--hex INPUT]
                                     noise and damaged messages for every parser, with an independent reader beside
      conform --self | --port DEVICE | --tcp HOST:PORT | --ecr --port DEVICE | --list
                                     puts a terminal, or a cash register, through everything the protocol can bring
      acceptance [--tcp] [--quick] [--case NAME] [--record DIR]
                                     what an acquirer asks to see: the real service at 9600 baud, or over TCP
      exhaustive                     everything that can happen to an order, breadth first
      powercut --payments N [--store sqlite|litedb] [--seed S] [--model NAME] [--every N] [--draws N] [--plant NAME]
                                     every image that a power cut can leave, opened with the real store
      killtest --rounds N [--book-on-completion] [--seed S]
                                     kills the real service in the middle of payments; the books must agree

    exit status: 0 all is well, 1 something is wrong, 64 wrong command line
    """;

return args switch
{
    ["demo", .. var rest] => await DemoVerb.RunAsync(rest),
    ["bench", .. var rest] => await BenchVerb.RunAsync(rest),
    ["simulate", .. var rest] => SimulateVerb.Run(rest),
    ["gateway", .. var rest] => await GatewayVerb.RunAsync(rest),
    ["backend", .. var rest] => BackendVerb.Run(rest),
    ["screens", .. var rest] => ScreensVerb.Run(rest),
    ["scan", .. var rest] => ScanVerb.Run(rest, Console.In),
    ["ecr", .. var rest] => EcrVerb.Run(rest),
    ["powercut", .. var rest] => PowerCutVerb.Run(rest),
    ["killtest", .. var rest] => await KillTestVerb.RunAsync(rest),
    ["fuzz", .. var rest] => FuzzVerb.Run(rest),
    ["conform", .. var rest] => await ConformVerb.RunAsync(rest),
    ["acceptance", .. var rest] => await AcceptanceVerb.RunAsync(rest),
    ["exhaustive", .. var rest] => ExhaustiveVerb.Run(rest),
    ["--help" or "-h" or "help", ..] => Say(Console.Out, 0),
    _ => Say(Console.Error, 64),
};

static int Say(TextWriter to, int status)
{
    to.WriteLine(help);
    return status;
}
