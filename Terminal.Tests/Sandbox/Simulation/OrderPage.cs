using System.Text;

namespace Sandbox.Simulation;

/// <summary>What the till holds of one order: nobody knows its mind but the till.</summary>
enum Belief
{
    None,
    Paid,
    NotPaid,
}

/// <summary>The model's page of one order (an instruction and its resends).</summary>
sealed class OrderPage(int number, string code, long minor, bool ownScanner)
{
    public int Number => number;
    public string Code => code;
    public byte[] CodeBytes { get; } = Encoding.ASCII.GetBytes(code);

    /// <summary>The keyed hash of the code, or what stands for it.</summary>
    public required string Fingerprint { get; init; }
    public long Minor => minor;
    public bool OwnScanner => ownScanner;

    public Belief Belief { get; set; }

    /// <summary>The till acknowledged an approval, whether or not that arrived.</summary>
    public bool AckSent { get; set; }

    /// <summary>06 0F reached the till.</summary>
    public bool CompleteHeard { get; set; }

    /// <summary>Some fault touched it: M13 asks nothing.</summary>
    public bool Disturbed { get; set; }

    /// <summary>Refused before anything moved.</summary>
    public bool Refused { get; set; }

    public List<PaymentPage> Payments { get; } = [];

    public override string ToString() => $"order {Number}";
}
