namespace Sandbox.Ecr;

/// <summary>The sales that a till holds for paid, kept after both models that real tills follow.</summary>
sealed class Book
{
    readonly Dictionary<int, long> onStatus = [], onCompletion = [];

    /// <summary>Receipt number → cents of every sale that a till of this model holds for paid.</summary>
    public IReadOnlyDictionary<int, long> Sales(BookingModel model) =>
        model == BookingModel.OnStatus ? onStatus : onCompletion;

    /// <summary>The till acknowledges a 04 0F, and that is when it books.</summary>
    public void Acknowledged(StatusFields? status)
    {
        Enter(onStatus, status);
        Strike(onCompletion, status);
    }

    /// <summary>06 0F came, and that is when it books.</summary>
    public void Completed(StatusFields? status) => Enter(onCompletion, status);

    /// <summary>06 1E came: what was told before does not count.</summary>
    public void Terminated(StatusFields? status)
    {
        Remove(onStatus, status);
        Remove(onCompletion, status);
    }

    /// <summary>Cents by a till that books with 04 0F, and by one that books with 06 0F.</summary>
    public (long OnStatus, long OnCompletion) Of(int receipt) =>
        (onStatus.GetValueOrDefault(receipt), onCompletion.GetValueOrDefault(receipt));

    /// <summary>A reversal or refund is none of the sales.</summary>
    static void Enter(Dictionary<int, long> book, StatusFields? status)
    {
        if (status is { Result: 0, Receipt: { } receipt, Cents: { } cents, IsOfReturn: false })
        {
            book[receipt] = cents;
        }
        else
        {
            Remove(book, status);
        }
    }

    /// <summary>A refusal is believed at once, whatever the model.</summary>
    static void Strike(Dictionary<int, long> book, StatusFields? status)
    {
        if (status is not { Result: 0 })
        {
            Remove(book, status);
        }
    }

    static void Remove(Dictionary<int, long> book, StatusFields? status)
    {
        if (status?.Receipt is { } receipt)
        {
            book.Remove(receipt);
        }
    }
}
