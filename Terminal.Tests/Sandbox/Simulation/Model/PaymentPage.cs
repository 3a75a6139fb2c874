namespace Sandbox.Simulation.Model;

/// <summary>What the journal said of a payment, as far as a promise depends on it.</summary>
[Flags]
enum Written
{
    Nothing = 0,
    Requested = 1,
    Paid = 1 << 1,
    Failed = 1 << 2,
    Cancelling = 1 << 3,
    CancelAcknowledged = 1 << 4,
    Cancelled = 1 << 5,
    RefundDue = 1 << 6,
    RefundStarted = 1 << 7,
    RefundSettled = 1 << 8,
    NeedsAttention = 1 << 9,
    Resolved = 1 << 10,
    Offered = 1 << 11,
    Acknowledged = 1 << 12,
    Completed = 1 << 13,
    Withdrawn = 1 << 14,
    Other = 1 << 15,
    ReturnRequested = 1 << 16,
    Returned = 1 << 17,
    NotReturned = 1 << 18,
    PeriodClosed = 1 << 19,
    Ordered = 1 << 20,
}

/// <summary>
/// The model's page of one payment: till, gateway and journal side by side. A return and an end-of-day have one too.
/// </summary>
sealed class PaymentPage(string id, OrderPage order)
{
    const Written Money = Written.Requested | Written.Paid | Written.Failed | Written.Cancelling |
        Written.CancelAcknowledged | Written.Cancelled | Written.RefundDue | Written.RefundStarted |
        Written.RefundSettled | Written.NeedsAttention | Written.Resolved |
        Written.ReturnRequested | Written.Returned | Written.NotReturned | Written.PeriodClosed;

    public string Id => id;
    public OrderPage Order => order;

    /// <summary>All that was ever written.</summary>
    public Written Written { get; private set; }

    /// <summary>What was written last about the money.</summary>
    public Written Standing { get; private set; }

    public HashSet<string> RefundsWritten { get; } = [];

    public long T0 { get; set; } = -1;
    public int Charges { get; set; }
    public bool NotSentHeard { get; set; }
    public bool SuccessHeard { get; set; }
    public string LastOffer { get; set; } = "";
    public bool Approved { get; set; }

    /// <summary>When 27 00 was told last; -1: never.</summary>
    public long ApprovedAt { get; set; } = -1;
    /// <summary>A final 04 0F left while the line was open.</summary>
    public bool Answered { get; set; }

    public bool ToldNotPaid { get; set; }
    public int CancelsSent { get; set; }

    /// <summary>The gateway denied for good what it holds.</summary>
    public bool Lied { get; set; }

    /// <summary>Pay was answered by a decline, although the gateway took it.</summary>
    public bool Misdeclined { get; set; }

    /// <summary>Of the newest inquiry after a decline: null before it left; did an answer in time reach the terminal?
    /// </summary>
    public bool? CheckHeard { get; set; }

    /// <summary>A decline was wrong, and the one inquiry that was to find out had no answer.</summary>
    public bool IsBeyondHelp => Misdeclined && CheckHeard == false;

    /// <summary>What the till calls it by, from the journal.</summary>
    public int Receipt { get; init; }

    /// <summary>Of the code, as the journal has it; null while there is none.</summary>
    public string? Fingerprint { get; set; } = order.Fingerprint;

    public string? Code => Fingerprint is { } known ? order.CodeOf(known) : null;

    /// <summary>Since when the till cannot want it any more: its line was lost, or it began anew, before the code came.
    /// </summary>
    public long? GoneAt { get; set; }

    /// <summary>It waits for its code, and nothing has left.</summary>
    public bool IsWaiting => Has(Written.Ordered) && !Has(Written.Requested | Written.Failed);

    /// <summary>The number under which its order came; 0: none.</summary>
    public int Number { get; } = order.Number;

    /// <summary>The business period in which it began.</summary>
    public int Period { get; init; }

    /// <summary>The till told another receipt number while it had not booked this one.</summary>
    public bool IsDisowned { get; set; }

    /// <summary>The till answered an approval with anything but yes.</summary>
    public bool IsRefused { get; set; }

    /// <summary>The journal says that the till took only this part; null: all, or nothing so far.</summary>
    public long? Delivered { get; private set; }

    /// <summary>What goes back without an order.</summary>
    public long Undelivered => Delivered is { } part ? order.Minor - part : 0;

    /// <summary>By refund, as the journal says; of a sale in part.</summary>
    public long Refunded { get; set; }

    public bool IsRestOpen => Undelivered > Refunded;

    /// <summary>The till gave back the part as well, and it is not through.</summary>
    public bool IsPartOpen => Delivered is not null && Has(Written.Withdrawn) && Refunded < order.Minor;

    /// <summary>When that was written; -1: never.</summary>
    public long DeliveredAt { get; private set; } = -1;

    public void Deliver(long part, long now) => (Delivered, Minor, DeliveredAt) = (part, part, now);

    public bool MayBeWithdrawn => IsDisowned || IsRefused || Returns.Count > 0;

    /// <summary>The till's own word, beside its orders, that its acknowledgement does not stand.</summary>
    public bool IsGivenBack => IsDisowned && Order.IsMirrored;

    /// <summary>What 04 0F says; of an end-of-day what it came to.</summary>
    public long Minor { get; set; } = order.Minor;

    public bool IsSale => order.Errand == Errand.Sale;

    /// <summary>The returns of this payment that began.</summary>
    public List<PaymentPage> Returns { get; } = [];

    /// <summary>How much the ECR ordered back, as far as that was not told to be impossible.</summary>
    public long OrderedBack => Returns.Sum(r => r.Has(Written.NotReturned) ? 0 : r.Minor);

    /// <summary>How much was carried out of that, as the journal says.</summary>
    public long ReturnsDone => Returns.Sum(r => r.Has(Written.Returned) ? r.Minor : 0);

    /// <summary>The till was told that a return was carried out.</summary>
    public bool ToldReturned { get; set; }

    public long Captured { get; set; }
    public long CapturedAt { get; set; } = -1;
    public long Returned { get; set; }

    public long Kept => Captured - Returned;

    public bool Has(Written any) => (Written & any) != 0;

    public void Write(Written kind)
    {
        Written |= kind;
        if ((kind & Money) != 0)
        {
            Standing = kind;
        }
    }

    /// <summary>Nobody has to work on the money any more.</summary>
    public bool IsFinal => !IsRestOpen && !IsPartOpen && Standing is
        Written.Paid or Written.Failed or Written.Cancelled or Written.RefundSettled or Written.Resolved or
        Written.Returned or Written.NotReturned or Written.PeriodClosed;

    /// <summary>Final, and the till's answer to an approval is known or was given up.</summary>
    public bool IsSettled => IsFinal && (Standing != Written.Paid || Has(Written.Acknowledged));

    public override string ToString() => id[..6];
}
