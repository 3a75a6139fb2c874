using System.Text;
using Terminal.Device;
using Terminal.Journal;
using Terminal.Payments;

namespace Terminal.Checkout;

/// <summary>
/// Answers the control socket: what is open, in words that a technician reads, and a person's decisions.
/// </summary>
/// <param name="links">State of each link by name, such as ("ecr", "ready").</param>
public sealed class StatusReport(CheckoutLoop loop, Clock clock, Func<(string Link, string State)[]> links, Inbox inbox)
{
    /// <summary>Runs on the control socket's thread; the loop's state is one immutable value.</summary>
    public string Answer(string[] words) => words switch
    {
        ["status"] => Status(loop.State),
        ["payments"] => Payments(loop.State),
        ["resolve", var id, var by, var note] => Resolve(new(id), by, note),
        _ => $"unknown request \"{words.FirstOrDefault()}\"\n",
    };

    string Status(DeskState state)
    {
        var text = new StringBuilder();
        text.AppendLine($"lane: {Lane(state.Lane)}");
        foreach (var (link, condition) in links())
        {
            text.AppendLine($"{link}: {condition}");
        }
        text.AppendLine($"journal: {(loop.Failure is { } e ? $"FAILED: {e.Message}" : "ready")}");
        text.AppendLine($"unresolved: {state.Unresolved}{Oldest(state)}");
        return text.Append(Payments(state)).ToString();
    }

    static string Payments(DeskState state) =>
        string.Concat(state.Open.Select(t => $"payment {JournalText.Describe(t)}\n"));

    string Oldest(DeskState state)
    {
        var unresolved = state.Open.Where(t => t.IsUnresolved);
        var since = unresolved.Select(t => t.Sale.At.UnixMilliseconds).DefaultIfEmpty().Min();
        return since == 0
            ? ""
            : $", the oldest for {TimeSpan.FromMilliseconds(clock.Wall.UnixMilliseconds - since):hh\\:mm\\:ss}";
    }

    string Resolve(PaymentId id, string by, string note)
    {
        if (loop.State.Find(id) is not { IsUnresolved: true })
        {
            return $"payment {id} is not unresolved\n";
        }
        inbox.Post(new DeskInput.Happened(id, new PaymentInput.Resolved(by, note)));
        return $"payment {id}: closed by {by}\n";
    }

    static string Lane(LaneState lane) => lane switch
    {
        LaneState.AwaitingCode => "awaiting a code",
        LaneState.Paying => "paying",
        _ => "idle",
    };
}
