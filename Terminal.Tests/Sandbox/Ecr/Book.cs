namespace Sandbox.Ecr;

/// <summary>The sales that a till holds for paid, kept in both of the ways that real tills book.</summary>
sealed class Book
{
    readonly Dictionary<int, long> onStatus = [], onCompletion = [];

    /// <summary>Receipt number → cents of every sale that a till of this model holds for paid.</summary>
    public IReadOnlyDictionary<int, long> Sales(BookingModel model) =>
        model == BookingModel.OnStatus ? onStatus : onCompletion;

    /// <summary>The till acknowledged a 04 0F: one model books now.</summary>
    public void Acknowledged(StatusFields? status)
    {
        Enter(onStatus, status);
        Strike(onCompletion, status);
    }

    /// <summary>06 0F came: the other model books now.</summary>
    public void Completed(StatusFields? status) => Enter(onCompletion, status);

    /// <summary>06 1E came: what 04 0F said does not count.</summary>
    public void Terminated(StatusFields? status)
    {
        Remove(onStatus, status);
        Remove(onCompletion, status);
    }

    /// <summary>Cents in the book of a till that books with 04 0F, and of one that books with 06 0F.</summary>
    public (long OnStatus, long OnCompletion) Of(int receipt) =>
        (onStatus.GetValueOrDefault(receipt), onCompletion.GetValueOrDefault(receipt));

    /// <summary>Only a sale is entered, not a reversal or refund.</summary>
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
