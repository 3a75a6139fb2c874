using System.Text;
using Terminal.Device;
using Terminal.Journal;
using Terminal.Payments;

namespace Terminal.Checkout;

/// <summary>Answers <c>terminal status</c>: what is open, in words that a technician reads.</summary>
public sealed class StatusReport(CheckoutLoop loop, Ledger ledger, Clock clock)
{
    /// <summary>Runs on the control socket's thread; the loop's state is one immutable value.</summary>
    public string Answer(string[] words) => words switch
    {
        ["status"] => Status(loop.State),
        _ => $"unknown request \"{words.FirstOrDefault()}\"\n",
    };

    string Status(DeskState state)
    {
        var text = new StringBuilder();
        text.AppendLine($"lane: {Lane(state.Lane)}");
        text.AppendLine($"unresolved: {state.Unresolved}");
        text.AppendLine($"journal: epoch {ledger.Epoch}, entry {ledger.LastSequence}{(loop.Failure is { } e ? $", FAILED: {e.Message}" : "")}");
        foreach (var t in state.Open)
        {
            var age = TimeSpan.FromMilliseconds(clock.Wall.UnixMilliseconds - t.Sale.At.UnixMilliseconds);
            text.AppendLine(
                $"payment {t.Sale.Id}: receipt {t.Sale.Receipt}, {t.Sale.Amount}, {t.Payment.GetType().Name}, " +
                $"till: {t.Delivery.GetType().Name}, age {age:hh\\:mm\\:ss}");
        }
        return text.ToString();
    }

    static string Lane(LaneState lane) => lane switch
    {
        LaneState.AwaitingCode => "awaiting a code",
        LaneState.Paying => "paying",
        _ => "idle",
    };
}
