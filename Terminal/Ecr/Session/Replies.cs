using System.Diagnostics.CodeAnalysis;
using Terminal.Ecr.Messages;
using Terminal.Payments;

namespace Terminal.Ecr.Session;

/// <summary>Our replies to the ECR's commands: one for each, in their order.</summary>
sealed class Replies
{
    /// <summary>An ECR that sends without listening gets no more of them than this.</summary>
    const int Max = 8;

    readonly Queue<(Apdu Apdu, LoopInput? Then)> waiting = [];
    LoopInput? then;

    public bool HasRoom => waiting.Count < Max;

    public bool IsEmpty => waiting.Count == 0;

    /// <summary>The link has one.</summary>
    public bool IsSending { get; private set; }

    /// <summary>Commands that have no reply yet; nothing of ours goes before it.</summary>
    public int Owed { get; private set; }

    public void Owe() => Owed++;

    /// <summary>Without <see cref="HasRoom"/> the command gets none.</summary>
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

    /// <summary>What is told now that the first byte of it has left; once.</summary>
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
