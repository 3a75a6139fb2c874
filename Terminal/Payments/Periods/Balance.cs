namespace Terminal.Payments.Periods;

/// <summary>
/// A business period as gateway and head office have it: money taken less money returned, in minor units.
/// </summary>
/// <param name="Gateway">
/// Each amount counts when the gateway's signed answer became durable, whatever the ECR knows of it.
/// </param>
/// <param name="HeadOffice">The ECR's net as far as the head office has acknowledged the entries.</param>
/// <param name="Open">
/// Money at the gateway now that is in no total of the ECR: not acknowledged, or on its way back.
/// </param>
/// <param name="Before">The same when the period began.</param>
sealed record Balance(long Gateway, long HeadOffice, Tally Open, long Before)
{
    /// <summary>The difference that no open payment explains; anything but 0 is an error.</summary>
    /// <param name="net">The ECR's net.</param>
    public long Unexplained(long net) => Gateway - net - Open.Minor + Before;
}
