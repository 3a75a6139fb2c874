using System.Net.Sockets;
using System.Runtime.InteropServices;
using static Terminal.Backend.Libmosquitto;

namespace Terminal.Backend;

/// <summary>
/// A connection by libmosquitto. One handle and one thread per connection: the thread connects, turns the library's
/// loop and alone destroys the handle, because a handle destroyed under its running loop aborts the process.
/// </summary>
public sealed unsafe class MosquittoBackend(BackendSettings settings, Action<BackendEvent> tell) : IBackend
{
    const int Mqtt5 = 5;
    const int InFlight = 100;
    const int LongestInbound = 256 * 1024;
    const int LeastKeepAlive = 5;
    const int LoopMilliseconds = 1000;
    const int PartingMilliseconds = 1500;

    static readonly TimeSpan ProbeLimit = TimeSpan.FromSeconds(5);
    static readonly TimeSpan JoinLimit = TimeSpan.FromSeconds(4);

    // Around everything that touches the handle from outside its thread, and around the identifiers of messages: the
    // broker's answer can be here before the call that sent the message has returned.
    readonly Lock gate = new();
    readonly Dictionary<int, int> tokens = [];
    readonly CancellationTokenSource abandon = new();

    Thread? thread;
    nint client;
    volatile bool opened;
    long endAt = long.MaxValue;
    int code;
    string? lastLog;

    public void Open(Will? will)
    {
        thread = new Thread(() => Live(will)) { IsBackground = true, Name = "backend" };
        thread.Start();
    }

    public void Subscribe(string filter)
    {
        lock (gate)
        {
            Check(client == 0 ? Success : Libmosquitto.Subscribe(client, null, filter, 1, 0, 0));
        }
    }

    public void Publish(int token, Message message)
    {
        lock (gate)
        {
            if (client == 0)
            {
                return;
            }
            int id;
            int error;
            fixed (byte* payload = message.Payload)
            {
                error = Libmosquitto.Publish(
                    client, &id, message.Topic, message.Payload.Length, payload, 1, message.Retain, 0);
            }
            if (error == Success)
            {
                tokens[id] = token;
            }
            else if (error == OversizePacket)
            {
                tell(new BackendEvent.Published(token, ReasonCode.PacketTooLarge));
            }
            else
            {
                Check(error);
            }
        }
    }

    /// <summary>
    /// Parts from the broker in a way that makes it publish the will; waits for that a few seconds at most.
    /// </summary>
    public void Dispose()
    {
        lock (gate)
        {
            if (client != 0 && opened && Libmosquitto.Disconnect(client, DisconnectWithWill, 0) == Success)
            {
                EndBy(Environment.TickCount64 + PartingMilliseconds);
            }
            else
            {
                EndBy(0);
            }
        }
        abandon.Cancel();
        if (thread != Thread.CurrentThread)
        {
            thread?.Join(JoinLimit);
        }
    }

    void Live(Will? will)
    {
        string why;
        try
        {
            why = Probe() ?? Turn(will);
        }
        catch (Exception e) when (e is DllNotFoundException or EntryPointNotFoundException)
        {
            why = $"libmosquitto 2.0 or newer is missing (package libmosquitto1): {e.Message}";
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            why = e.Message;
        }
        tell(new BackendEvent.Ended(code, why));
    }

    /// <summary>The library's own connect can hang for minutes; this one cannot. Null when somebody listens.</summary>
    string? Probe()
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(abandon.Token);
        limit.CancelAfter(ProbeLimit);
        using var socket = new TcpClient();
        try
        {
            socket.ConnectAsync(settings.Host, settings.Port, limit.Token).AsTask().GetAwaiter().GetResult();
            return null;
        }
        catch (SocketException e)
        {
            return e.Message;
        }
        catch (OperationCanceledException)
        {
            return "no answer to the TCP connection";
        }
    }

    string Turn(Will? will)
    {
        var error = Initialise();
        var self = GCHandle.Alloc(this);
        try
        {
            var created = New(settings.TerminalId, true, GCHandle.ToIntPtr(self));
            if (created == 0)
            {
                return "the library could not make a client";
            }
            lock (gate)
            {
                client = created;
            }
            error = error == Success ? Prepare(will) : error;
            error = error == Success ? Connect() : error;
            while (error == Success && Environment.TickCount64 < Volatile.Read(ref endAt))
            {
                error = Loop(client, LoopMilliseconds, 1);
            }
            return Describe(error);
        }
        finally
        {
            lock (gate)
            {
                Destroy(client);
                client = 0;
            }
            self.Free();
        }
    }

    /// <summary>Everything that must be set before connecting; the first error.</summary>
    int Prepare(Will? will)
    {
        MosquittoCalls.Register(client);
        int[] errors =
        [
            // Told that other threads publish, the library only queues there and wakes its loop.
            Threaded(client, true),
            Option(client, ProtocolVersion, Mqtt5),
            Option(client, SendMaximum, InFlight),
            Option(client, TcpNoDelay, 1),
            SetTls(),
            SetUser(),
            SetWill(will),
        ];
        return errors.FirstOrDefault(e => e != Success);
    }

    int SetTls()
    {
        if (settings.Tls is not { } tls)
        {
            return Success;
        }
        int[] errors =
        [
            tls.Ca is null ? Option(client, TlsUseOsCerts, 1) : Success,
            Tls(client, tls.Ca, null, tls.Certificate, tls.Key, 0),
            TlsOptions(client, VerifyPeer, null, null),
        ];
        return errors.FirstOrDefault(e => e != Success);
    }

    int SetUser() => settings.User is null
        ? Success
        : User(client, settings.User, settings.PasswordFile is { } file ? File.ReadLines(file).FirstOrDefault() : null);

    int SetWill(Will? will)
    {
        if (will is null)
        {
            return Success;
        }
        fixed (byte* payload = will.Payload)
        {
            return Libmosquitto.Will(client, will.Topic, will.Payload.Length, payload, 1, true, 0);
        }
    }

    int Connect()
    {
        var keepAlive = Math.Max(LeastKeepAlive, (int)settings.KeepAlive.TotalSeconds);
        nint properties = 0;
        var error = Add(&properties, MaximumPacketSize, LongestInbound);
        error = error != Success ? error : Libmosquitto.Connect(
            client, settings.Host, settings.Port, keepAlive, null, properties);
        Free(&properties);
        return error;
    }

    string Describe(int error)
    {
        var text = Marshal.PtrToStringUTF8(Text(error)) ?? $"error {error}";
        return lastLog is null ? text : $"{text} ({lastLog})";
    }

    /// <summary>After any error nobody knows what the library still holds: the connection ends.</summary>
    void Check(int error)
    {
        if (error != Success)
        {
            EndBy(0);
        }
    }

    void EndBy(long milliseconds) => Volatile.Write(ref endAt, Math.Min(milliseconds, Volatile.Read(ref endAt)));

    internal void Connected(int code, BackendEvent.Opened limits)
    {
        if (code == ReasonCode.Success)
        {
            opened = true;
            tell(limits);
        }
        else
        {
            this.code = code;
        }
    }

    /// <param name="code">Of the broker from 0x80 on, else the library's own error, which the loop returns too.</param>
    internal void Disconnected(int code) => this.code = code >= ReasonCode.Refused ? code : this.code;

    internal void Answered(int id, int code)
    {
        lock (gate)
        {
            if (tokens.Remove(id, out var token))
            {
                tell(new BackendEvent.Published(token, code));
            }
        }
    }

    internal void Tell(BackendEvent happened) => tell(happened);

    internal void Logged(string text) => lastLog = text;

    internal void Fail(Exception e)
    {
        lastLog = $"{e.GetType().Name}: {e.Message}";
        EndBy(0);
    }
}
