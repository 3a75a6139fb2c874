using System.Globalization;
using System.Net;
using Terminal.Ecr;

namespace Sandbox.Conform;

/// <summary>The command line of <c>conform</c>.</summary>
sealed record ConformOptions
{
    public bool IsSelf { get; private init; }

    public bool IsEcr { get; private init; }

    public bool IsList { get; private init; }

    public bool AsksNothing { get; private init; }

    public bool IsFast { get; private init; }

    public bool StopsAtFailure { get; private init; }

    public string? Case { get; private init; }

    public string? Trace { get; private init; }

    public EndPoint? Tcp { get; private init; }

    /// <summary>The address to which a cash register under test connects.</summary>
    public IPEndPoint? Listen { get; private init; }

    public string? Port { get; private init; }

    public int Baud { get; private init; } = 9600;

    /// <summary>The cases that a foreign terminal may be put through.</summary>
    public Needs Allowed { get; private init; } = Needs.Time | Needs.AnyPassword;

    /// <summary>Six digits.</summary>
    public string Password { get; private init; } = "000000";

    /// <summary>The other end, and what to check if it says nothing.</summary>
    public string Silence => Tcp is null
        ? $"{Port} at {Baud} baud: not one byte came back. Look at the cable (a null modem crosses 2 and 3), the " +
            "baud rate (--baud) and whether the terminal is running"
        : $"{Tcp}: not one byte came back. Look at host and port, and whether it is the terminal that listens there";

    public EcrSettings Line => new() { Device = Port!, Baud = Baud };

    /// <summary>Null if the command line is wrong.</summary>
    public static ConformOptions? Read(ReadOnlySpan<string> args)
    {
        var options = new ConformOptions();
        while (!args.IsEmpty)
        {
            var (next, count) = options.Take(args);
            if (next is null)
            {
                return null;
            }
            options = next;
            args = args[count..];
        }
        var places = (options.IsSelf ? 1 : 0) + (options.Port is null ? 0 : 1) + (options.Tcp is null ? 0 : 1) +
            (options.Listen is null ? 0 : 1);
        var isRight = options.IsList ? places == 0 : places == 1 && (options.IsEcr
            ? options.Port is not null || options.Listen is not null
            : options.Listen is null);
        return isRight ? options : null;
    }

    public IEnumerable<Case> Choose(IEnumerable<Case> all) => all.Where(c => IsChosen(c.Name)
        && !(IsFast && c.Needs.HasFlag(Needs.Time)));

    public bool IsChosen(string name) => Case is null || name.Contains(Case, StringComparison.OrdinalIgnoreCase);

    /// <summary>One option and how many words it took; null if there is no such option.</summary>
    (ConformOptions? Options, int Words) Take(ReadOnlySpan<string> args) => args switch
    {
        ["--self", ..] => (this with { IsSelf = true }, 1),
        ["--ecr", ..] => (this with { IsEcr = true }, 1),
        ["--list", ..] => (this with { IsList = true }, 1),
        ["--no-questions", ..] => (this with { AsksNothing = true }, 1),
        ["--stop", ..] => (this with { StopsAtFailure = true }, 1),
        ["--fast", ..] => (this with { IsFast = true, Allowed = Allowed & ~Needs.Time }, 1),
        ["--sandbox-gateway", ..] => (this with { Allowed = Allowed | Needs.Gateway }, 1),
        ["--end-of-day", ..] => (this with { Allowed = Allowed | Needs.EndOfDay }, 1),
        ["--password", { Length: 6 } digits, ..] when digits.All(char.IsAsciiDigit) =>
            (this with { Password = digits, Allowed = Allowed & ~Needs.AnyPassword }, 2),
        ["--case", { Length: > 0 } name, ..] => (this with { Case = name }, 2),
        ["--trace", { Length: > 0 } file, ..] => (this with { Trace = file }, 2),
        ["--port", { Length: > 0 } device, ..] => (this with { Port = device }, 2),
        ["--tcp", var place, ..] when Connection.Parse(place) is { } at => (this with { Tcp = at }, 2),
        ["--listen", var place, ..] when ParseListen(place) is { } at => (this with { Listen = at }, 2),
        ["--baud", var baud, ..] when int.TryParse(baud, NumberStyles.None, CultureInfo.InvariantCulture, out var n)
            && n is >= 300 and <= 4_000_000 => (this with { Baud = n }, 2),
        _ => (null, 0),
    };

    static IPEndPoint? ParseListen(string place) =>
        ushort.TryParse(place, NumberStyles.None, CultureInfo.InvariantCulture, out var port)
            ? new(IPAddress.Any, port)
            : place.Contains(':') && IPEndPoint.TryParse(place, out var at) ? at : null;
}
