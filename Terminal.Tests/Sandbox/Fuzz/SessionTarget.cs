using System.Net;
using Terminal.Ecr;

namespace Sandbox.Fuzz;

/// <summary>
/// The whole session: steps of an ECR, of time and of the desk, each a kind, a count, and perhaps so many bytes.
/// </summary>
/// <remarks>
/// 0 bytes as they are, 1 a message made right (class, instruction, data), 2 the same with a pause after each byte,
/// 3 time, 4 ACK, 5 80 00 00, 6 the desk goes on, 7 the line goes and comes, 8 NAK, 9 message made right twice.
/// </remarks>
sealed class SessionTarget(string name, EcrSettings settings) : FuzzTarget(name)
{
    /// <summary>Steps of one input; the rest is not looked at.</summary>
    const int MostSteps = 40;

    public static readonly EcrSettings Serial = new(), Tcp = new() { Tcp = new(IPAddress.Loopback, 20007) };

    public override int Share => 500;

    public override long MostBytes => 512 * 1024;

    bool IsTcp => settings.Tcp is not null;

    public override void Take(byte[] input)
    {
        var scene = new SessionScene(settings, posted => posted);
        ReadOnlySpan<byte> rest = input;
        for (var step = 0; rest.Length >= 2 && step < MostSteps; step++)
        {
            var size = rest[0] % 10 is 0 or 1 or 2 or 9 ? Math.Min(rest[1], rest.Length - 2) : 0;
            Step(scene, rest[0] % 10, rest[1], rest.Slice(2, size));
            rest = rest[(2 + size)..];
        }
        if (scene.Orders > 0)
        {
            CountDeep();
        }
        scene.MustLive(message => scene.Feed(Sent(message)));
    }

    void Step(SessionScene scene, int kind, byte count, ReadOnlySpan<byte> bytes)
    {
        switch (kind)
        {
            case 0: scene.Feed(bytes); break;
            case 1: scene.Feed(Made(bytes)); break;
            case 2: FeedSlowly(scene, Made(bytes)); break;
            case 3: scene.Pass(TimeSpan.FromMilliseconds(count * count * 2)); break;
            case 4: scene.Feed(IsTcp ? [] : [0x06]); break;
            case 5: scene.Feed(Sent([0x80, 0x00, 0x00])); break;
            case 6: scene.Call(count); break;
            case 7: scene.Replug(); break;
            case 8: scene.Feed(IsTcp ? [] : [0x15]); break;
            case 9: scene.Feed([.. Made(bytes), .. Made(bytes)]); break;
        }
    }

    static void FeedSlowly(SessionScene scene, byte[] bytes)
    {
        foreach (var b in bytes)
        {
            scene.Feed([b]);
            scene.Pass(TimeSpan.FromMilliseconds(1));
        }
    }

    byte[] Made(ReadOnlySpan<byte> message) =>
        message.Length < 2 ? Sent(message) : Sent(Blocks.Message(message[..2], message[2..]));

    byte[] Sent(ReadOnlySpan<byte> apdu) => IsTcp ? apdu.ToArray() : Blocks.Of(apdu.ToArray());
}
