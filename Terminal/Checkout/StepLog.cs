using Serilog;
using Terminal.Payments;
using Terminal.Payments.Answers;
using Terminal.Payments.Orders;

namespace Terminal.Checkout;

/// <summary>
/// One log line per change: what the cashier notices, what a person should look at, and each state for tracing.
/// </summary>
/// <param name="often">Takes lines that a till can cause as often as it likes; not every one is written.</param>
sealed class StepLog(ILogger log, Action<string> often)
{
    public void Write(DeskState before, Transition<DeskState> step)
    {
        foreach (var t in step.State.Open)
        {
            var was = before.Find(t.Order.Id);
            if (was?.Payment.GetType() != t.Payment.GetType())
            {
                log.Debug("receipt {Receipt}: payment {State}", t.Order.Receipt, Name(t.Payment));
            }
            if (was?.Delivery.GetType() != t.Delivery.GetType())
            {
                log.Debug("receipt {Receipt}: delivery {State}", t.Order.Receipt, Name(t.Delivery));
            }
        }
        foreach (var effect in step.Effects)
        {
            Write(effect, step.State);
        }
    }

    void Write(Effect effect, DeskState state)
    {
        switch (effect)
        {
            case Effect.Charge e:
                log.Information("receipt {Receipt}: {Amount:l} with code {Code:l}, request {Id:l}",
                    e.Sale.Receipt, e.Sale.Amount, e.Code, e.Sale.Id);
                break;
            case Effect.Offer e when state.Find(e.Order.Id) is { Delivery: DeliveryState.Retelling }:
                often($"receipt {e.Order.Receipt}: told again, {Describe(e.Order, e.Outcome)}");
                break;
            case Effect.Offer e:
                log.Information("receipt {Receipt}: {Amount:l} {Outcome:l}",
                    e.Order.Receipt, e.Order.Worth, Describe(e.Order, e.Outcome));
                break;
            case Effect.Complete { Delivered: not null } e when state.Find(e.Payment) is { Order: Sale sale }:
                log.Information("receipt {Receipt}: goods for {Part:l} of {Amount:l}, the rest goes back",
                    sale.Receipt, sale.Worth, sale.Amount);
                break;
            case Effect.Refuse e:
                often($"order refused: {e.Refusal.Reason}");
                break;
            case Effect.ScanIgnored:
                log.Information("scan ignored: this code was submitted before");
                break;
            case Effect.Cancel { Attempt: 1 } e:
                log.Information("receipt {Receipt}: cancelling", state.Find(e.Payment)?.Order.Receipt);
                break;
            case Effect.Alarm e:
                log.Warning("receipt {Receipt}: {Problem}", state.Find(e.Payment)?.Order.Receipt, e.Problem);
                break;
        }
    }

    static string Describe(Order order, Outcome outcome) => (order, outcome) switch
    {
        (Return e, Outcome.Approved) => $"returned of receipt {e.Of.Receipt}",
        (Return e, Outcome.Rejected o) => $"not returned of receipt {e.Of.Receipt} ({o.Why.Code})",
        (EndOfDay, _) => "total, period closed",
        _ => Describe(outcome),
    };

    static string Describe(Outcome outcome) => outcome switch
    {
        Outcome.Approved => "approved",
        Outcome.Rejected e => $"not paid ({e.Why.Reason}{(e.Why.Code.Length > 0 ? ", " : "")}{e.Why.Code})",
        _ => "not confirmed",
    };

    /// <summary>The name of a nested state with its family, such as "Pending.Waiting".</summary>
    static string Name(object state)
    {
        var type = state.GetType();
        return type.DeclaringType is { DeclaringType: not null } family ? $"{family.Name}.{type.Name}" : type.Name;
    }
}
