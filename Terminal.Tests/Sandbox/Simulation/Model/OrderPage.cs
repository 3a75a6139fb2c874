using System.Text;

namespace Sandbox.Simulation.Model;

/// <summary>What the till wants.</summary>
enum Errand
{
    /// <summary>06 01.</summary>
    Sale,
    /// <summary>06 30.</summary>
    Reversal,
    /// <summary>06 31.</summary>
    Refund,
    /// <summary>06 50.</summary>
    Close,
}

/// <summary>
/// What the till holds of one order: nobody knows its mind but the till. Of a return or an end-of-day, "paid" is done,
/// and "not paid" is told for good that it is not.
/// </summary>
enum Belief
{
    None,
    Paid,
    NotPaid,
}

/// <summary>The model's page of one order (an instruction and its resends).</summary>
sealed class OrderPage(int number, string code, long minor, bool ownScanner)
{
    readonly Dictionary<string, string> codes = [];
    bool disturbed;

    /// <summary>What the customer shows.</summary>
    public string Code { get; private set; } = code;

    /// <summary>All that the customer ever showed.</summary>
    public List<byte[]> CodeBytes { get; } = [Encoding.ASCII.GetBytes(code)];

    /// <summary>The keyed hash of the code, or what stands for it.</summary>
    public required string Fingerprint { get; set; }
    public long Minor => minor;
    public bool OwnScanner => ownScanner;

    public Errand Errand { get; init; }

    /// <summary>The payment that a return names.</summary>
    public PaymentPage? Of { get; init; }

    /// <summary>A return names its payment by our reference, not by its receipt number.</summary>
    public bool ByReference { get; set; }

    /// <summary>A reversal may leave it out.</summary>
    public bool NamesAmount => Errand != Errand.Reversal || minor != Of!.Minor || number % 2 == 0;

    /// <summary>The number that it came under the newest time, unique over registrations; 0: it had none.</summary>
    public int Number { get; set; }

    public bool IsReturn => Errand is Errand.Reversal or Errand.Refund;

    /// <summary>It came with a receipt number (TLV 1F1F), at last with this one; null: of a till without.</summary>
    public int? Mirrored { get; set; }

    public bool IsMirrored { get; set; }

    /// <summary>How often the till has sent it.</summary>
    public int Sent { get; set; }

    public Belief Belief { get; set; }

    /// <summary>Its wallet returns the whole of a payment, or nothing.</summary>
    public bool IsIndivisible { get; init; }

    /// <summary>What the till issued goods for, once it has decided: for as much as it says, whenever it is asked.
    /// </summary>
    public (bool IsDecided, long? Minor) Issued { get; set; }

    /// <summary>That part of the sale; null: all, or nothing.</summary>
    public long? Part => Issued.Minor is { } issued && issued > 0 && issued < minor && !IsIndivisible ? issued : null;

    /// <summary>Whatever the till says with its 84 9D: it comes to nothing.</summary>
    public bool IssuesNothing => Issued.Minor is { } issued && issued != minor && Part is null;

    /// <summary>By which the till knows that it is paid: what it is told of another one denies nothing.</summary>
    public PaymentPage? PaidBy { get; private set; }

    public void Believe(PaymentPage page, bool isPaid)
    {
        if (isPaid)
        {
            (Belief, PaidBy) = (Belief.Paid, page);
        }
        else if (PaidBy is null || PaidBy == page)
        {
            (Belief, PaidBy) = (Belief.NotPaid, null);
        }
    }

    /// <summary>The till acknowledged an approval, whether or not that arrived.</summary>
    public bool AckSent { get; set; }

    /// <summary>06 0F reached the till.</summary>
    public bool CompleteHeard { get; set; }

    /// <summary>Some fault touched it, or the payment that it is about: M13 asks nothing.</summary>
    public bool Disturbed
    {
        get => disturbed || Of is { Order.Disturbed: true };
        set => disturbed = value;
    }

    /// <summary>Sent while another order was under way: it should have been refused.</summary>
    public bool IsProbe { get; set; }

    /// <summary>Refused before anything moved.</summary>
    public bool Refused { get; set; }

    /// <summary>An end-of-day that had nothing to close.</summary>
    public bool WasEmpty { get; set; }

    public List<PaymentPage> Payments { get; } = [];

    /// <summary>An app makes a new code after a while.</summary>
    public void Show(string code, string fingerprint)
    {
        codes[Fingerprint] = Code;
        (Code, Fingerprint) = (code, fingerprint);
        CodeBytes.Add(Encoding.ASCII.GetBytes(code));
    }

    public string CodeOf(string fingerprint) => codes.GetValueOrDefault(fingerprint, Code);

    /// <summary>What was paid with is shown again: nothing else tells a new order from the one before.</summary>
    public void ShowAgain()
    {
        if (Payments.FindLast(p => p.Fingerprint is not null) is { Fingerprint: { } paid } && paid != Fingerprint)
        {
            var shown = CodeOf(paid);
            codes[Fingerprint] = Code;
            (Code, Fingerprint) = (shown, paid);
        }
    }

    public override string ToString() => Errand switch
    {
        Errand.Sale => $"order {number}",
        Errand.Close => $"end-of-day {number}",
        _ => $"{Errand.ToString().ToLowerInvariant()} {number} of {Of!.Order}",
    };
}
