using System.Globalization;
using System.Net.Sockets;
using System.Text;

namespace Terminal.Device;

/// <summary>Tells systemd the state of this process, for a unit of the type "notify".</summary>
/// <param name="socket">The socket in NOTIFY_SOCKET; null: nobody listens.</param>
sealed class Supervisor(string? socket) : IDisposable
{
    readonly Socket? line = socket is null
        ? null
        : new(AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified);

    /// <summary>How often the supervisor must be fed; null: not at all.</summary>
    public TimeSpan? Interval { get; private init; }

    public static Supervisor FromEnvironment()
    {
        var isForUs = Environment.GetEnvironmentVariable("WATCHDOG_PID") is not { Length: > 0 } wanted
            || wanted == Environment.ProcessId.ToString(CultureInfo.InvariantCulture);
        var limit = Environment.GetEnvironmentVariable("WATCHDOG_USEC");
        return new(Environment.GetEnvironmentVariable("NOTIFY_SOCKET") is { Length: > 0 } path ? path : null)
        {
            // Three times as often as required, so that two missed checks do not end the process.
            Interval = isForUs && long.TryParse(limit, CultureInfo.InvariantCulture, out var microseconds)
                && microseconds > 0 ? TimeSpan.FromMicroseconds(microseconds) / 3 : null,
        };
    }

    /// <summary>Best effort: payments go on even if the supervisor does not listen.</summary>
    public void Say(string state)
    {
        try
        {
            // A leading @ means an abstract name, outside the file system.
            line?.SendTo(Encoding.UTF8.GetBytes(state), new UnixDomainSocketEndPoint(
                socket![0] == '@' ? $"\0{socket[1..]}" : socket));
        }
        catch (Exception e) when (e is SocketException or ArgumentException or ObjectDisposedException)
        {
        }
    }

    public void Dispose() => line?.Dispose();
}
