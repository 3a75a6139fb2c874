using Terminal.Payments;

namespace Terminal.Ecr.Commands;

/// <summary>
/// How many orders an ECR may give: each leaves entries in the journal, which a till gone mad must not fill. So many in
/// one go, and as many again in a minute.
/// </summary>
sealed class OrderPace(int perMinute)
{
    readonly TimeSpan each = TimeSpan.FromMinutes(1) / perMinute;
    Moment paidUntil;

    /// <summary>False: too fast.</summary>
    public bool Takes(Moment now)
    {
        var next = Moment.Latest(paidUntil, now) + each;
        if (next - now > TimeSpan.FromMinutes(1))
        {
            return false;
        }
        paidUntil = next;
        return true;
    }
}
