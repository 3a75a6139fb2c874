using System.Text;

namespace Sandbox.Simulation.Model;

/// <summary>Reads journal entries as text, without the product's codec.</summary>
static class EntryText
{
    public static string Field(byte[] body, string name)
    {
        var text = Encoding.UTF8.GetString(body);
        var from = text.IndexOf($"\"{name}\":\"", StringComparison.Ordinal) + name.Length + 4;
        return text[from..text.IndexOf('"', from)];
    }

    public static bool Has(byte[] body, string name) =>
        Encoding.UTF8.GetString(body).Contains($"\"{name}\":", StringComparison.Ordinal);

    public static int Number(byte[] body, string name)
    {
        var text = Encoding.UTF8.GetString(body);
        var from = text.IndexOf($"\"{name}\":", StringComparison.Ordinal) + name.Length + 3;
        var to = text[from] == '-' ? from + 1 : from;
        while (char.IsAsciiDigit(text[to]))
        {
            to++;
        }
        return int.Parse(text[from..to]);
    }

    public static Written Read(string kind) => kind switch
    {
        "ordered" => Written.Ordered,
        "requested" => Written.Requested,
        "paid" => Written.Paid,
        "failed" => Written.Failed,
        "cancelling" => Written.Cancelling,
        "cancel-acknowledged" => Written.CancelAcknowledged,
        "cancelled" => Written.Cancelled,
        "refund-due" => Written.RefundDue,
        "refund-started" => Written.RefundStarted,
        "refund-settled" => Written.RefundSettled,
        "refund-refused" => Written.Paid, // As before the order.
        "needs-attention" => Written.NeedsAttention,
        "resolved" => Written.Resolved,
        "offered" => Written.Offered,
        "acknowledged" => Written.Acknowledged,
        "completed" => Written.Completed,
        "withdrawn" => Written.Withdrawn,
        "return-requested" => Written.ReturnRequested,
        "returned" => Written.Returned,
        "not-returned" => Written.NotReturned,
        "period-closed" => Written.PeriodClosed,
        _ => Written.Other,
    };
}
