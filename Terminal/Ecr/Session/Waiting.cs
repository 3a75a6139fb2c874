using Terminal.Payments;

namespace Terminal.Ecr.Session;

/// <summary>Our own commands that wait for their turn, the most urgent first.</summary>
sealed class Waiting
{
    /// <summary>
    /// Limit for new messages; receipts may exceed it. When it is reached, commands that need a message of ours are
    /// refused.
    /// </summary>
    const int Many = 8;

    /// <summary>Time before <see cref="Message.By"/>, so that the write itself is not late.</summary>
    static readonly TimeSpan Margin = TimeSpan.FromMilliseconds(100);

    readonly List<Message> messages = [];

    public bool IsFull => messages.Count >= Many;

    public bool IsEmpty => messages.Count == 0;

    /// <summary>When whatever occupies the line must make way for the first message, so that it is not late.</summary>
    public Moment ForceAt => messages is [{ By: var by }, ..] && by != Moment.Never ? by - Margin : Moment.Never;

    /// <summary>Inserts after messages of equal urgency.</summary>
    public void Add(Message message) => Insert(message, m => m.By > message.By);

    /// <summary>Inserts again, before messages of equal urgency.</summary>
    public void AddFirst(Message message) => Insert(message, m => m.By >= message.By);

    public Message Take()
    {
        var first = messages[0];
        messages.RemoveAt(0);
        return first;
    }

    public Message[] TakeAll()
    {
        Message[] all = [.. messages];
        messages.Clear();
        return all;
    }

    public void Drop<T>() where T : Purpose => messages.RemoveAll(m => m.Purpose is T);

    void Insert(Message message, Predicate<Message> comesAfter)
    {
        var at = messages.FindIndex(comesAfter);
        messages.Insert(at < 0 ? messages.Count : at, message);
    }
}
