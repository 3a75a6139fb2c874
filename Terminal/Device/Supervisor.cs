using System.Globalization;
using System.Net.Sockets;
using System.Text;

namespace Terminal.Device;

/// <summary>Who started this process and wants to hear from it: systemd, for a unit of the type "notify".</summary>
/// <param name="socket">Its socket, as NOTIFY_SOCKET names it; null: nobody listens.</param>
sealed class Supervisor(string? socket) : IDisposable
{
    readonly Socket? line = socket is null
        ? null
        : new(AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified);

    /// <summary>How often it wants to be fed; null: not at all.</summary>
    public TimeSpan? Interval { get; private init; }

    public static Supervisor FromEnvironment()
    {
        var isForUs = Environment.GetEnvironmentVariable("WATCHDOG_PID") is not { Length: > 0 } wanted
            || wanted == Environment.ProcessId.ToString(CultureInfo.InvariantCulture);
        var limit = Environment.GetEnvironmentVariable("WATCHDOG_USEC");
        return new(Environment.GetEnvironmentVariable("NOTIFY_SOCKET") is { Length: > 0 } path ? path : null)
        {
            // Three times as often as it must be: two lost looks at the parts are no reason to be killed.
            Interval = isForUs && long.TryParse(limit, CultureInfo.InvariantCulture, out var microseconds)
                && microseconds > 0 ? TimeSpan.FromMicroseconds(microseconds) / 3 : null,
        };
    }

    /// <summary>Best effort: a supervisor that does not listen is no reason to take no payments.</summary>
    public void Say(string state)
    {
        try
        {
            // A leading @ is a name that lies in no folder.
            line?.SendTo(Encoding.UTF8.GetBytes(state), new UnixDomainSocketEndPoint(
                socket![0] == '@' ? $"\0{socket[1..]}" : socket));
        }
        catch (Exception e) when (e is SocketException or ArgumentException or ObjectDisposedException)
        {
        }
    }

    public void Dispose() => line?.Dispose();
}
