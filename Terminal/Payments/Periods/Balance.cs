namespace Terminal.Payments.Periods;

/// <summary>A business period as gateway and head office have it, in minor units, taken less returned.</summary>
/// <param name="Gateway">
/// Taken less returned, each when the gateway's signed answer became durable, whatever the ECR knows of it.
/// </param>
/// <param name="HeadOffice">The ECR's net as far as the head office has acknowledged the entries.</param>
/// <param name="Open">At the gateway now, and in no total of the ECR: not acknowledged, or on its way back.</param>
/// <param name="Before">The same when the period began.</param>
sealed record Balance(long Gateway, long HeadOffice, Tally Open, long Before)
{
    /// <summary>What no open payment explains; anything but 0 is an error.</summary>
    /// <param name="net">Of the ECR.</param>
    public long Unexplained(long net) => Gateway - net - Open.Minor + Before;
}
