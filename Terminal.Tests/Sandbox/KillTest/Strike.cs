using System.Text;
using Sandbox.Demo;
using Sandbox.Ecr;

namespace Sandbox.KillTest;

/// <summary>
/// One <c>kill -9</c>, triggered by what can be seen from outside: the line, the gateway, the journal's files.
/// </summary>
sealed class Strike : IAsyncDisposable
{
    const byte LineAck = 0x06;
    const int LongestRandom = 150; // ms: about what a payment takes here.

    static readonly Telegram Refusal = Telegram.No(0x9D); // "Partial goods": the whole payment goes back.

    readonly Shop shop;
    readonly CancellationTokenSource over = new();
    readonly HashSet<string> before;
    Timer? timer;
    readonly Lock gate = new();
    volatile bool struck, wasStatusHeard, wasAnswerSent;

    public Strike(Shop shop, Aim aim, Random dice)
    {
        this.shop = shop;
        before = [.. shop.Captured().Keys];
        var refuses = aim is Aim.WithdrawnDurable or Aim.ReversalSent || (aim == Aim.Random && dice.Next(5) == 0);
        shop.Till.Reply = message => refuses && IsStatus(message) ? Refusal : Telegram.Yes;
        // Killed on hearing it, before the till could answer: for the till it was never said.
        shop.Till.Answers = message => aim != Aim.StatusSent || !IsStatus(message);
        Arm(aim, dice);
    }

    /// <summary>The moment came while the payment was on; otherwise the process is killed after it.</summary>
    public bool WasInTime { get; private set; }

    /// <summary>After the dialogue: nothing triggers any more, the process is dead, the line is new.</summary>
    public async ValueTask DisposeAsync()
    {
        WasInTime = struck;
        timer?.Dispose();
        Kill();
        await over.CancelAsync();
        over.Dispose();
        (shop.Cable.Watch, shop.Cable.Heard, shop.Arrived) = (null, null, null);
        shop.Till.Reply = _ => Telegram.Yes;
        shop.Till.Answers = _ => true;
        shop.Cable.Mend();
    }

    void Arm(Aim aim, Random dice)
    {
        switch (aim)
        {
            case Aim.StatusSent:
                shop.Cable.Watch = (isOurs, apdu) => KillIf(!isOurs && apdu is [0x04, 0x0F, ..]);
                break;
            case Aim.AckReceived:
                shop.Cable.Watch = (isOurs, apdu) =>
                {
                    wasStatusHeard |= !isOurs && apdu is [0x04, 0x0F, ..];
                    wasAnswerSent |= isOurs && wasStatusHeard;
                };
                shop.Cable.Heard = b => KillIf(wasAnswerSent && b == LineAck);
                break;
            case Aim.CompletionSent:
                shop.Cable.Watch = (isOurs, apdu) => KillIf(!isOurs && apdu is [0x06, 0x0F, ..]);
                break;
            case Aim.ReversalSent:
                shop.Arrived = path => KillIf(path.EndsWith("/cancel", StringComparison.Ordinal));
                break;
            case Aim.AckDurable:
                _ = Task.Run(() => WatchJournal("acknowledged"));
                break;
            case Aim.WithdrawnDurable:
                _ = Task.Run(() => WatchJournal("withdrawn"));
                break;
            case Aim.Random:
                timer = new(_ => Kill(), null, dice.Next(LongestRandom), Timeout.Infinite);
                break;
        }
    }

    static bool IsStatus(Telegram message) => message.Command == 0x040F;

    void KillIf(bool isNow)
    {
        if (isNow)
        {
            Kill();
        }
    }

    void Kill()
    {
        lock (gate) // Who comes second waits until the process is dead.
        {
            if (!struck)
            {
                struck = true;
                shop.KillService();
                shop.Cable.Break();
            }
        }
    }

    /// <summary>Reads the log over and over until this payment's entry of that kind is in it.</summary>
    void WatchJournal(string kind)
    {
        byte[]? wanted = null;
        while (!over.IsCancellationRequested && !struck)
        {
            if (wanted is null)
            {
                var id = shop.Captured().Keys.FirstOrDefault(k => !before.Contains(k));
                // Neighbours in an entry, the length of the second between them.
                wanted = id is null ? null : Encoding.ASCII.GetBytes($"{id}{(char)kind.Length}{kind}");
            }
            else
            {
                KillIf(JournalCopies.Holds(shop.Journal, wanted));
            }
            Thread.Yield();
        }
    }
}
