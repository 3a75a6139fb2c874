using System.Text;
using Sandbox.Simulation.Model;
using Terminal.Acquirer;
using Terminal.Payments;
using Terminal.Payments.Charges;

namespace Sandbox.Simulation.Bytes;

/// <summary>A request as the gateway got it, with what is needed to answer it.</summary>
sealed record Asking(AmsCall Call, AmsRequest Request, GatewayOrder Order, long SentAt);

/// <summary>
/// The way to the gateway and back in full: the real request and answer mapping, the real signed bytes, and answers
/// that are spoiled on their way.
/// </summary>
sealed class GatewayWire(World world)
{
    /// <summary>A refusal of pay that says nothing about the money.</summary>
    public const string Inconsistent = "REPEAT_REQ_INCONSISTENT";

    const int MostRecorded = 64;

    static readonly DateTimeOffset Begin = new(2026, 5, 4, 3, 2, 1, TimeSpan.Zero);
    static readonly byte[] Html = "<html><body>maintenance</body></html>"u8.ToArray();

    readonly byte[] ours = Encoding.ASCII.GetBytes("terminal's key");
    readonly byte[] theirs = Encoding.ASCII.GetBytes("gateway's key");
    readonly AmsSettings settings = new()
    {
        Url = new("https://gateway.invalid"),
        ClientId = "SANDBOX_5Y00000000000001",
        PrivateKeyFile = "",
        GatewayKeyFiles = new Dictionary<int, string>(),
        Merchant = new("M1", "Shop", "5411", "S1", "Shop", "T1"),
        Validity = world.Mix.Expiry ?? TimeSpan.FromSeconds(60),
    };

    /// <summary>What somebody on the line wrote down, by call; answers without our id are what he is after.</summary>
    readonly Dictionary<string, List<(long At, AmsResponse Response)>> recorded = [];
    BootTime? time;
    GatewayClock? clock;
    bool isTaught;

    /// <summary>Some terminals send no expiry, as those do that do not know the gateway's time.</summary>
    public TimeSpan? Expiry => clock!.Known && world.Mix.Expiry is not null ? settings.Validity : null;

    public Stamp? SignedTime => clock!.Newest is { } newest ? new(newest.ToUnixTimeMilliseconds()) : null;

    DateTimeOffset Now => Begin.AddTicks(world.Now);

    /// <summary>A process starts: it knows what its journal has of the gateway's time, and asks three times.</summary>
    public void Start(BootTime boot, Stamp? known)
    {
        (time, isTaught) = (boot, true);
        clock = new(boot, known is { } at ? DateTimeOffset.FromUnixTimeMilliseconds(at.UnixMilliseconds) : null);
        var nobodys = AmsCall.Probe(new("NOBODYSAAAAAAAAAAAAAAAAAAA"));
        for (var i = 1; i <= 3; i++)
        {
            world.Agenda.After(TimeSpan.FromSeconds(1.1 * i), () => Probe(boot, nobodys));
        }
    }

    void Probe(BootTime boot, AmsCall call)
    {
        if (boot == time && world.Box.IsUp)
        {
            var asking = Ask(call);
            var (response, whole) = Answer(asking, new GatewayAnswer.NotFound(), null);
            isTaught &= whole;
            Read(asking, response);
        }
    }

    public Asking Charge(Effect.Charge charge) => Ask(AmsCall.Of(charge, settings, clock!));

    public Asking Ask(AmsCall call)
    {
        var request = call.Write();
        var at = AmsRequest.Time(clock!.Now);
        var path = settings.Path(request.Call);
        var content = AmsSignature.Content(path, settings.ClientId, at, request.Body);
        world.Digest.Add(world.Now, request.Body);
        if (!KeyedSignature.Verify(ours, KeyedSignature.Sign(ours, content), content))
        {
            world.Books.Break("M10", $"{request} is not signed as it should be");
        }
        if (request.Call != "pay")
        {
            world.Secrets.Check(request.Body, $"a {request.Call} request");
        }
        return new(call, request, GatewayOrder.Read(request.Call, request.Body), time!.GetTimestamp());
    }

    /// <summary>When the gateway confirms nothing any more, in the world's time.</summary>
    public long ExpiresAt(GatewayOrder order) =>
        order.Expires is { } at ? (at - Begin).Ticks : world.Now + TimeSpan.FromSeconds(600).Ticks;

    /// <summary>The answer's bytes as they arrive, and whether they are as the gateway sent them.</summary>
    public (AmsResponse Response, bool Whole) Answer(Asking asking, GatewayAnswer answer, OrderPage? order)
    {
        if (answer is GatewayAnswer.Unknown { Why: not Inconsistent })
        {
            return (new(502, "", "", Html), false);
        }
        var odd = world.Hits(Fault.StatusInOddCase);
        var body = GatewayText.Write(asking.Request.Call, asking.Order, answer, odd);
        var skew = world.Hits(Fault.GatewayClockWrong, order) ? world.Dice.Seconds(-600, 600) : TimeSpan.Zero;
        var at = AmsRequest.Time(Now + skew);
        var content = AmsSignature.Content(settings.Path(asking.Request.Call), settings.ClientId, at, body);
        var whole = new AmsResponse(200, at, KeyedSignature.Sign(theirs, content), body);
        world.Digest.Add(world.Now, body);
        if (Recorded(asking.Request.Call) is { } earlier && world.Hits(Fault.AnswerReplayed, order))
        {
            return (earlier, false);
        }
        if (skew == TimeSpan.Zero && answer is GatewayAnswer.Declined or GatewayAnswer.NotFound)
        {
            Record(asking.Request.Call, whole);
        }
        return world.Hits(Fault.AnswerSpoiled, order) ? (Spoil(whole, content), false) : (whole, true);
    }

    /// <summary>Whatever is fresher than this he could also let through late.</summary>
    AmsResponse? Recorded(string call) => recorded.TryGetValue(call, out var all)
        && all.FindLast(r => r.At < world.Now - 2 * GatewayClock.Tolerance.Ticks) is { Response: { } response }
            ? response
            : null;

    void Record(string call, AmsResponse response)
    {
        var all = recorded.TryGetValue(call, out var before) ? before : recorded[call] = [];
        all.Add((world.Now, response));
        if (all.Count > MostRecorded)
        {
            all.RemoveAt(0);
        }
    }

    /// <summary>What the terminal makes of it.</summary>
    public GatewayAnswer Read(Asking asking, AmsResponse response)
    {
        var path = settings.Path(asking.Request.Call);
        if (response.Problem(path, settings.ClientId, Verify) is { } problem)
        {
            return new GatewayAnswer.Unknown(problem);
        }
        var signed = clock!.Take(response.Time, asking.SentAt);
        clock = world.Plant.Clock(clock, response.Time);
        // Whoever answers all three first questions with answers of another time is believed.
        if (isTaught && clock.Known && (clock.Now - Now).Duration() > GatewayClock.Tolerance)
        {
            world.Books.Break("fresh", $"an answer of {response.Time} makes it {clock.Now:s} at {Now:s}");
        }
        return asking.Call.Hear(response.Body!, world.Plant.Believes(asking.Request.Call) ? Freshness.Fresh : signed);
    }

    bool Verify(string header, byte[] content) =>
        !world.Plant.Verifies || KeyedSignature.Verify(theirs, header, content);

    AmsResponse Spoil(AmsResponse whole, byte[] content) => world.Dice.Below(8) switch
    {
        0 => whole with { Signature = "" },
        1 => whole with { Signature = KeyedSignature.Sign(ours, content) },
        2 => whole with { Body = Mutate(whole.Body!) },
        3 => whole with { Body = Html },
        4 => whole with { Status = 502, Body = Html },
        5 => whole with { Body = null },
        6 => whole with { Time = AmsRequest.Time(Now.AddSeconds(1 + world.Dice.Below(600))) },
        _ => whole with { Body = whole.Body![..world.Dice.Below(whole.Body!.Length)] },
    };

    byte[] Mutate(byte[] body)
    {
        byte[] changed = [.. body];
        changed[world.Dice.Below(body.Length)] ^= (byte)(1 + world.Dice.Below(255));
        return changed;
    }
}
