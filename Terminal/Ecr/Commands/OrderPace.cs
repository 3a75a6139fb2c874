using Terminal.Payments;

namespace Terminal.Ecr.Commands;

/// <summary>
/// How many orders an ECR may give. Each order leaves entries in the journal, which a faulty till must not fill. A
/// minute's worth may come at once, and as many again in the next minute.
/// </summary>
sealed class OrderPace(int perMinute)
{
    readonly TimeSpan each = TimeSpan.FromMinutes(1) / perMinute;
    Moment paidUntil;

    /// <summary>False if the ECR orders too fast.</summary>
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
