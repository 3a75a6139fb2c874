using System.Diagnostics.CodeAnalysis;
using Terminal.Ecr.Messages;
using Terminal.Payments;

namespace Terminal.Ecr.Session;

/// <summary>Our replies to the ECR's commands: one for each, in the order of the commands.</summary>
sealed class Replies
{
    /// <summary>Limit of waiting replies, for an ECR that sends without listening.</summary>
    const int Max = 8;

    readonly Queue<(Apdu Apdu, LoopInput? Then)> waiting = [];
    LoopInput? then;

    public bool HasRoom => waiting.Count < Max;

    public bool IsEmpty => waiting.Count == 0;

    /// <summary>The link has a reply in hand.</summary>
    public bool IsSending { get; private set; }

    /// <summary>Commands without a reply yet. No message of ours leaves before their replies.</summary>
    public int Owed { get; private set; }

    public void Owe() => Owed++;

    /// <summary>Queues the reply to a command, or drops it without <see cref="HasRoom"/>.</summary>
    public void Pay(Apdu reply, LoopInput? then)
    {
        Owed = Math.Max(Owed - 1, 0);
        Add(reply, then);
    }

    public void Add(Apdu reply, LoopInput? then = null)
    {
        if (HasRoom)
        {
            waiting.Enqueue((reply, then));
        }
    }

    public bool TryNext([MaybeNullWhen(false)] out Apdu reply)
    {
        IsSending = waiting.TryDequeue(out var next);
        (reply, then) = next;
        return IsSending;
    }

    /// <summary>What to pass on now that the first byte of the reply has left; only once.</summary>
    public bool TryStart([NotNullWhen(true)] out LoopInput? then)
    {
        (then, this.then) = (this.then, null);
        return then is not null;
    }

    public void End() => (IsSending, then) = (false, null);

    public void Clear()
    {
        End();
        waiting.Clear();
        Owed = 0;
    }
}
