using System.Diagnostics;
using System.Net;
using Sandbox.Conform;
using Sandbox.Demo;
using Sandbox.Ecr;

namespace Sandbox.Acceptance;

/// <summary>The real service with a till of our own: over a slow serial line, or over TCP; all is traced.</summary>
sealed class Rig : IAsyncDisposable
{
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    readonly Shop shop;
    readonly Pty? pty;
    readonly IPEndPoint? port;
    readonly string traceFile;
    HashSet<string> oldPayments = [];
    HashSet<int> oldReceipts = [];
    long traceFrom;
    int codes, unasked;

    Rig(Shop shop, string folder, bool isTcp)
    {
        this.shop = shop;
        traceFile = Path.Combine(folder, "trace.txt");
        if (isTcp)
        {
            port = shop.UseTcp();
        }
        else
        {
            pty = new Pty();
            Wire = new PacedLine(pty.Master);
            shop.UseSerial(pty.DevicePath);
        }
        shop.Service.Arguments = ["--trace-ecr", traceFile];
    }

    public bool IsTcp => Wire is null;

    /// <summary>The serial line; null over TCP.</summary>
    public PacedLine? Wire { get; }

    public TillLine Cable { get; private set; } = null!;

    public Till Till { get; private set; } = null!;

    public static async Task<Rig> OpenAsync(string folder, bool isTcp)
    {
        Directory.CreateDirectory(folder);
        var rig = new Rig(await Shop.OpenAsync(folder, BookingModel.OnStatus), folder, isTcp);
        await rig.StartAsync();
        rig.Till = new(rig.Cable, BookingModel.OnStatus);
        return rig;
    }

    /// <summary>A new scenario: what was before does not count.</summary>
    public void Begin(bool wantsProgress = false)
    {
        oldPayments = [.. shop.Captured().Keys];
        oldReceipts = [.. Till.Booked.Keys];
        (traceFrom, unasked) = (TraceLength, Till.Unasked);
        Till.Answers = _ => true;
        Till.Reply = _ => Telegram.Yes;
        Must(Till.Register(wantsProgress).Completed, "registered");
    }

    /// <summary>What passed since <see cref="Begin"/>, as the service wrote it down.</summary>
    public string Trace()
    {
        using var file = new FileStream(traceFile, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        file.Position = traceFrom;
        return new StreamReader(file).ReadToEnd();
    }

    /// <summary>An Alipay-like code, never the same twice, that asks nothing special of the gateway.</summary>
    public string NextCode() => $"28{DateTime.UtcNow.Ticks % 100_000_000:D8}{++codes:D6}11";

    public Task<TillResult> PayAsync(long cents, string? code) => Task.Run(() => Till.Pay(cents, code));

    public void Scan() => shop.Scan(NextCode());

    public Task AwaitingCodeAsync() => SaysAsync("lane: awaiting a code");

    /// <summary>Waits until the status of the service holds this text.</summary>
    public Task SaysAsync(string text) => Shop.UntilAsync($"the terminal says \"{text}\"", () => shop.Says(text));

    /// <summary>Lets real time pass, for the timers of the protocol.</summary>
    public static Task PauseAsync(double seconds)
    {
        var since = Stopwatch.GetTimestamp();
        return Shop.UntilAsync("the time is over", () => Stopwatch.GetElapsedTime(since).TotalSeconds >= seconds,
            patience: TimeSpan.FromSeconds(seconds) + Patience);
    }

    /// <summary>The cable: pulled, or the connection closed.</summary>
    public void Unplug()
    {
        if (Wire is null)
        {
            Cable.Dispose();
        }
        else
        {
            Wire.IsPulled = true;
        }
    }

    /// <summary>Back in; over TCP that is a new connection.</summary>
    public void Plug()
    {
        if (Wire is null)
        {
            Connect();
        }
        else
        {
            Wire.IsPulled = false;
        }
    }

    /// <summary>The till starts again: it knows its books, but nothing of the dialogue.</summary>
    public async Task RestartTillAsync(Task<TillResult> pay)
    {
        Cable.Break();
        await pay;
        if (IsTcp)
        {
            Connect();
        }
        Cable.Mend();
    }

    /// <summary>Somebody beside the till connects, from this address of the machine.</summary>
    internal Knock Knock(string from) => new(port!, from);

    /// <summary>The service with this password, for as long as that takes.</summary>
    public async Task WithPasswordAsync(string password, Func<Task> play)
    {
        await StartWithAsync(password);
        try
        {
            await play();
        }
        finally
        {
            await StartWithAsync(null);
        }
    }

    async Task StartWithAsync(string? password)
    {
        Kill();
        shop.UsePassword(password);
        await StartAsync();
    }

    /// <summary>SIGKILL.</summary>
    public void Kill()
    {
        shop.KillService();
        pty?.Release();
    }

    /// <summary>
    /// One bit of the state that the journal's newest segment begins with; once more makes it as it was.
    /// </summary>
    public void FlipJournal()
    {
        const int At = 100; // Behind the header of a frame.
        foreach (var name in new[] { "log.0", "log.1" })
        {
            using var file = new FileStream(Path.Combine(shop.Journal, name), FileMode.Open);
            file.Position = At;
            var flipped = (byte)(file.ReadByte() ^ 1);
            file.Position = At;
            file.WriteByte(flipped);
        }
    }

    /// <summary>Something else is where the key of used codes should be.</summary>
    public void HideKey()
    {
        File.Move(shop.CodeKey, HiddenKey);
        Directory.CreateDirectory(shop.CodeKey);
    }

    public void ShowKey()
    {
        Directory.Delete(shop.CodeKey);
        File.Move(HiddenKey, shop.CodeKey);
    }

    /// <summary>Starts the service, which ends by itself.</summary>
    /// <returns>Its exit status.</returns>
    public int? EndsByItself()
    {
        shop.Service.Start();
        return shop.Service.Wait();
    }

    /// <summary>Once the one before is dead: two would read from one cable.</summary>
    public async Task StartAsync()
    {
        Must(shop.Service.Id is null, "no terminal runs");
        shop.Service.Start();
        await (IsTcp ? shop.ListensAsync() : shop.ReadyAsync());
        Connect();
        if (IsTcp)
        {
            await shop.ReadyAsync();
        }
    }

    /// <summary>06 20 until the terminal has the time for it and ends it, as a till does after a break.</summary>
    public async Task<TillResult> ResyncAsync()
    {
        var result = new TillResult(null, false, null);
        await Shop.UntilAsync("06 20 is answered", IsAnswered, everyMilliseconds: 500);
        return result;

        bool IsAnswered() => (result = Till.Resynchronise()) is { Status: not null }
            and ({ Completed: true } or { AbortCode: not null });
    }

    /// <summary>Waits until the gateway has so much and nothing is open; then the till must have its sum.</summary>
    public async Task BooksAsync(long gateway, long till)
    {
        await Shop.UntilAsync($"the gateway has {gateway} cents (it has {Captured})", () =>
            Captured == gateway && shop.Says("unresolved: 0\n") && shop.Says("lane: idle"), patience: Patience);
        Must(Booked == till, $"the till has {till} cents in its book (it has {Booked})");
    }

    /// <summary>Who connects anew has ordered nothing: until it asks, it hears nothing.</summary>
    public bool WasUnasked => IsTcp && Till.Unasked > unasked;

    public long Captured => New().Sum(p => p.Value);

    /// <summary>How many payments of this scenario reached the gateway.</summary>
    public int Charges => New().Count();

    public long Booked => Till.Booked.Where(b => !oldReceipts.Contains(b.Key)).Sum(b => b.Value);

    public static void Must(bool isSo, string what)
    {
        if (!isSo)
        {
            throw new DeviationException($"not so: {what}");
        }
    }

    public async ValueTask DisposeAsync()
    {
        Cable?.Dispose();
        await shop.DisposeAsync();
        pty?.Dispose();
    }

    string HiddenKey => shop.CodeKey + ".hidden";

    long TraceLength => File.Exists(traceFile) ? new FileInfo(traceFile).Length : 0;

    IEnumerable<KeyValuePair<string, long>> New() => shop.Captured().Where(p => !oldPayments.Contains(p.Key));

    void Connect()
    {
        if (Wire is not null)
        {
            Cable ??= new(Wire);
            return;
        }
        Cable?.Dispose();
        var (line, problem) = Connection.To(port!);
        Cable = new(line ?? throw new IOException(problem), isTcp: true);
        Till?.MoveTo(Cable);
    }
}
