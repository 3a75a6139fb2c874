using Terminal.Ecr;
using Terminal.Ecr.Session;
using Terminal.Payments;
using Terminal.Scanner;

namespace Sandbox.Fuzz;

/// <summary>A session with a line that brings anything, a clock, and a desk that does what a desk may do.</summary>
sealed class SessionScene
{
    /// <summary>Wakes for one moment; more are a loop.</summary>
    const int MostWakes = 64;

    /// <summary>Outputs for one call; an echo of a whole stream is none.</summary>
    const int MostOutputs = 64;

    static readonly byte[] Accepted = [0x80, 0x00];

    static readonly CodeSeal Seal = new(new byte[32]);

    readonly EcrSession session;
    readonly Witness witness;
    readonly FuzzDesk desk;
    readonly Func<LoopInput, LoopInput?> post;
    Moment now = new(TimeSpan.FromHours(1).Ticks);

    /// <param name="post">Stands between session and desk; a planted bug sits here.</param>
    public SessionScene(EcrSettings settings, Func<LoopInput, LoopInput?> post)
    {
        session = new(settings, Seal);
        witness = new(settings.Tcp is not null);
        desk = new(session);
        this.post = post;
        session.LineUp();
        Drain(0);
    }

    /// <summary>Orders of the ECR that reached the desk.</summary>
    public int Orders => desk.Orders;

    /// <summary>All bytes since the last look.</summary>
    public List<byte> Written { get; } = [];

    public void Feed(ReadOnlySpan<byte> bytes)
    {
        witness.Hear(bytes);
        session.Feed(bytes, now);
        session.TimePassed(now);
        Drain(bytes.Length);
    }

    public void Replug()
    {
        session.LineDown(now);
        Drain(0);
        session.LineUp();
        witness.LineUp();
        Drain(0);
    }

    public void Call(byte choice)
    {
        desk.Call(choice, now);
        Drain(0);
    }

    public void Pass(TimeSpan time)
    {
        var end = now + time;
        var wakes = 0;
        while (session.WakeAt <= end)
        {
            wakes = session.WakeAt <= now ? wakes + 1 : 0;
            if (wakes > MostWakes)
            {
                throw new StuckException("wants to be woken now, for ever");
            }
            now = Moment.Latest(now, session.WakeAt);
            session.TimePassed(now);
            Drain(0);
        }
        now = end;
    }

    /// <summary>Whatever came before: after some silence it rests, and answers a good status enquiry.</summary>
    public void MustLive(Action<ReadOnlySpan<byte>> ask)
    {
        desk.Finish(now);
        Drain(0);
        Pass(TimeSpan.FromMinutes(15));
        if (session.WakeAt != Moment.Never)
        {
            throw new StuckException("does not come to rest in 15 minutes of silence");
        }
        Written.Clear();
        ask([0x05, 0x01, 0x03, 0x13, 0x57, 0x90]);
        Pass(TimeSpan.FromSeconds(4));
        if (Written.ToArray().AsSpan().IndexOf(Accepted) < 0)
        {
            throw new StuckException($"no 80 00 to a status enquiry, but {Convert.ToHexString([.. Written])}");
        }
    }

    void Drain(int fed)
    {
        var outputs = 0;
        while (session.TryTake(out var output))
        {
            if (++outputs > MostOutputs + fed)
            {
                throw new StuckException($"{outputs} outputs for {fed} bytes");
            }
            switch (output)
            {
                case SessionOutput.Write e:
                    Written.AddRange(e.Bytes);
                    break;
                case SessionOutput.Reopen:
                    // At its new rate, which no byte here knows of.
                    Replug();
                    break;
                case SessionOutput.HangUp:
                    Replug();
                    break;
                case SessionOutput.Post e when post(e.Input) is { } input:
                    witness.Judge(input);
                    desk.Take(input, now);
                    break;
            }
        }
    }
}
