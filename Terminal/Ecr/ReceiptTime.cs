using Terminal.Payments;

namespace Terminal.Ecr;

/// <summary>Local date and time as receipts carry them: MMDD and HHMMSS as numbers.</summary>
static class ReceiptTime
{
    public static (int Date, int Time) Of(Stamp stamp, EcrSettings settings)
    {
        var utc = DateTimeOffset.FromUnixTimeMilliseconds(stamp.UnixMilliseconds);
        var at = TimeZoneInfo.ConvertTime(utc, settings.TimeZone);
        return (at.Month * 100 + at.Day, at.Hour * 10000 + at.Minute * 100 + at.Second);
    }
}
