using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using static Terminal.Backend.Libmosquitto;

namespace Terminal.Backend;

/// <summary>
/// What the library calls, on its loop's thread. Each call hands over to the connection whose handle it is; an
/// exception must not reach the C frames below, so it ends the connection instead.
/// </summary>
static unsafe class MosquittoCalls
{
    const int Unlimited = 65535;

    public static void Register(nint client)
    {
        OnConnect(client, &Connected);
        OnDisconnect(client, &Disconnected);
        OnPublish(client, &Published);
        OnSubscribe(client, &Subscribed);
        OnMessage(client, &Received);
        OnLog(client, &Logged);
    }

    static MosquittoBackend Of(nint self) => (MosquittoBackend)GCHandle.FromIntPtr(self).Target!;

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    static void Connected(nint client, nint self, int code, int flags, nint properties)
    {
        try
        {
            ushort receive = Unlimited;
            uint packet = int.MaxValue;
            ReadInt16(properties, ReceiveMaximum, &receive, false);
            ReadInt32(properties, MaximumPacketSize, &packet, false);
            Of(self).Connected(code, new(Math.Max((ushort)1, receive), (int)Math.Min(packet, int.MaxValue)));
        }
        catch (Exception e)
        {
            Of(self).Fail(e);
        }
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    static void Disconnected(nint client, nint self, int code, nint properties)
    {
        try
        {
            Of(self).Disconnected(code);
        }
        catch (Exception e)
        {
            Of(self).Fail(e);
        }
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    static void Published(nint client, nint self, int id, int code, nint properties)
    {
        try
        {
            Of(self).Answered(id, code);
        }
        catch (Exception e)
        {
            Of(self).Fail(e);
        }
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    static void Subscribed(nint client, nint self, int id, int count, int* granted, nint properties)
    {
        try
        {
            Of(self).Tell(new BackendEvent.Subscribed(count > 0 ? granted[0] : ReasonCode.Refused));
        }
        catch (Exception e)
        {
            Of(self).Fail(e);
        }
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    static void Received(nint client, nint self, Libmosquitto.Message* message, nint properties)
    {
        try
        {
            var topic = Marshal.PtrToStringUTF8((nint)message->Topic) ?? "";
            var payload = new ReadOnlySpan<byte>(message->Payload, message->Length).ToArray();
            Of(self).Tell(new BackendEvent.Received(topic, payload));
        }
        catch (Exception e)
        {
            Of(self).Fail(e);
        }
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    static void Logged(nint client, nint self, int level, byte* text)
    {
        try
        {
            if ((level & LogWorthKeeping) != 0)
            {
                Of(self).Logged(Marshal.PtrToStringUTF8((nint)text) ?? "");
            }
        }
        catch (Exception e)
        {
            Of(self).Fail(e);
        }
    }
}
