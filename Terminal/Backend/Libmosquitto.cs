using System.Runtime.InteropServices;

namespace Terminal.Backend;

/// <summary>
/// The part of libmosquitto (2.0 and 2.1; package libmosquitto1) that we use. The unversioned name would need its -dev
/// package.
/// </summary>
static unsafe partial class Libmosquitto
{
    public const int Success = 0, OversizePacket = 25;

    // enum mosq_opt_t
    public const int ProtocolVersion = 1, SendMaximum = 5, TcpNoDelay = 11, TlsUseOsCerts = 13;

    // Property identifiers, MQTT 5.0, 2.2.2.2.
    public const int ReceiveMaximum = 33, MaximumPacketSize = 39;

    public const int DisconnectWithWill = 4;
    public const int VerifyPeer = 1;

    /// <summary>MOSQ_LOG_ERR and MOSQ_LOG_WARNING.</summary>
    public const int LogWorthKeeping = 0x08 | 0x04;

    const string Library = "libmosquitto.so.1";

    [StructLayout(LayoutKind.Sequential)]
    public struct Message
    {
        public int Id;
        public byte* Topic;
        public byte* Payload;
        public int Length;
        public int Qos;
        public byte Retain;
    }

    [LibraryImport(Library, EntryPoint = "mosquitto_lib_init")]
    public static partial int Initialise();

    [LibraryImport(Library, EntryPoint = "mosquitto_new", StringMarshalling = StringMarshalling.Utf8)]
    public static partial nint New(string id, [MarshalAs(UnmanagedType.U1)] bool cleanStart, nint self);

    [LibraryImport(Library, EntryPoint = "mosquitto_destroy")]
    public static partial void Destroy(nint client);

    [LibraryImport(Library, EntryPoint = "mosquitto_int_option")]
    public static partial int Option(nint client, int option, int value);

    [LibraryImport(Library, EntryPoint = "mosquitto_threaded_set")]
    public static partial int Threaded(nint client, [MarshalAs(UnmanagedType.U1)] bool threaded);

    [LibraryImport(Library, EntryPoint = "mosquitto_tls_set", StringMarshalling = StringMarshalling.Utf8)]
    public static partial int Tls(
        nint client, string? caFile, string? caPath, string? certificate, string? key, nint askPassword);

    [LibraryImport(Library, EntryPoint = "mosquitto_tls_opts_set", StringMarshalling = StringMarshalling.Utf8)]
    public static partial int TlsOptions(nint client, int verify, string? version, string? ciphers);

    [LibraryImport(Library, EntryPoint = "mosquitto_username_pw_set", StringMarshalling = StringMarshalling.Utf8)]
    public static partial int User(nint client, string? user, string? password);

    [LibraryImport(Library, EntryPoint = "mosquitto_will_set_v5", StringMarshalling = StringMarshalling.Utf8)]
    public static partial int Will(
        nint client, string topic, int length, byte* payload, int qos, [MarshalAs(UnmanagedType.U1)] bool retain,
        nint properties);

    [LibraryImport(Library, EntryPoint = "mosquitto_connect_bind_v5", StringMarshalling = StringMarshalling.Utf8)]
    public static partial int Connect(nint client, string host, int port, int keepAlive, string? bind, nint properties);

    [LibraryImport(Library, EntryPoint = "mosquitto_loop")]
    public static partial int Loop(nint client, int milliseconds, int packets);

    [LibraryImport(Library, EntryPoint = "mosquitto_disconnect_v5")]
    public static partial int Disconnect(nint client, int reason, nint properties);

    [LibraryImport(Library, EntryPoint = "mosquitto_publish_v5", StringMarshalling = StringMarshalling.Utf8)]
    public static partial int Publish(
        nint client, int* id, string topic, int length, byte* payload, int qos,
        [MarshalAs(UnmanagedType.U1)] bool retain, nint properties);

    [LibraryImport(Library, EntryPoint = "mosquitto_subscribe_v5", StringMarshalling = StringMarshalling.Utf8)]
    public static partial int Subscribe(nint client, int* id, string filter, int qos, int options, nint properties);

    [LibraryImport(Library, EntryPoint = "mosquitto_property_add_int32")]
    public static partial int Add(nint* properties, int id, uint value);

    [LibraryImport(Library, EntryPoint = "mosquitto_property_read_int16")]
    public static partial nint ReadInt16(
        nint properties, int id, ushort* value, [MarshalAs(UnmanagedType.U1)] bool skip);

    [LibraryImport(Library, EntryPoint = "mosquitto_property_read_int32")]
    public static partial nint ReadInt32(nint properties, int id, uint* value, [MarshalAs(UnmanagedType.U1)] bool skip);

    [LibraryImport(Library, EntryPoint = "mosquitto_property_free_all")]
    public static partial void Free(nint* properties);

    [LibraryImport(Library, EntryPoint = "mosquitto_strerror")]
    public static partial nint Text(int error);

    [LibraryImport(Library, EntryPoint = "mosquitto_connect_v5_callback_set")]
    public static partial void OnConnect(
        nint client, delegate* unmanaged[Cdecl]<nint, nint, int, int, nint, void> call);

    [LibraryImport(Library, EntryPoint = "mosquitto_disconnect_v5_callback_set")]
    public static partial void OnDisconnect(nint client, delegate* unmanaged[Cdecl]<nint, nint, int, nint, void> call);

    [LibraryImport(Library, EntryPoint = "mosquitto_publish_v5_callback_set")]
    public static partial void OnPublish(
        nint client, delegate* unmanaged[Cdecl]<nint, nint, int, int, nint, void> call);

    [LibraryImport(Library, EntryPoint = "mosquitto_subscribe_v5_callback_set")]
    public static partial void OnSubscribe(
        nint client, delegate* unmanaged[Cdecl]<nint, nint, int, int, int*, nint, void> call);

    [LibraryImport(Library, EntryPoint = "mosquitto_message_v5_callback_set")]
    public static partial void OnMessage(
        nint client, delegate* unmanaged[Cdecl]<nint, nint, Message*, nint, void> call);

    [LibraryImport(Library, EntryPoint = "mosquitto_log_callback_set")]
    public static partial void OnLog(nint client, delegate* unmanaged[Cdecl]<nint, nint, int, byte*, void> call);
}
