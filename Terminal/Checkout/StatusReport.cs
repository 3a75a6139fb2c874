using System.Text;
using System.Text.Json;
using Terminal.Device;
using Terminal.Journal;
using Terminal.Panel.Words;
using Terminal.Payments;
using Terminal.Payments.Answers;
using Terminal.Payments.Charges;
using Terminal.Payments.Orders;

namespace Terminal.Checkout;

/// <summary>
/// Answers the control socket: what is open, in words that a technician reads, and a person's decisions.
/// </summary>
/// <param name="links">State of each link by name, such as ("ecr", "ready").</param>
sealed class StatusReport(CheckoutLoop loop, Clock clock, Func<(string Link, string State)[]> links, Inbox inbox)
{
    /// <summary>The worst fault, if there is one: the one that the display shows at rest.</summary>
    public Func<FieldCode?> Fault { get; init; } = () => null;

    /// <summary>Forgets the gateway's time, by order of this person.</summary>
    public Action<string> LearnTime { get; init; } = _ => { };

    /// <summary>How long to wait until a decision is durable; shorter than a client waits.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(3);

    /// <summary>Runs on the control socket's thread; the loop's state is one immutable value.</summary>
    public string Answer(string[] words) => words switch
    {
        ["status"] => Status(loop.State),
        ["status", "--json"] => AsJson(loop.State),
        ["payments"] => Payments(loop.State),
        ["resolve", var id, var by, var note] => Resolve(new(id), by, note),
        ["learn-time", var by] => Learn(by),
        _ => $"error: unknown request \"{words.FirstOrDefault()}\"\n",
    };

    string Status(DeskState state)
    {
        var text = new StringBuilder();
        text.AppendLine($"lane: {Lane(state.Lane)}");
        foreach (var (link, condition) in links())
        {
            text.AppendLine($"{link}: {condition}");
        }
        if (Fault() is { } fault)
        {
            text.AppendLine($"fault: {fault.Code} {fault.Meaning.English}: {fault.NextStep.English}");
        }
        if (inbox.Dropped > 0)
        {
            text.AppendLine($"inputs dropped: {inbox.Dropped}, because too many came at once");
        }
        text.AppendLine($"journal: {(loop.Failure is { } e ? $"FAILED: {e.Message}" : "ready")}");
        var oldest = Oldest(state) is { } age ? $", the oldest for {Words(age)}" : "";
        text.AppendLine($"unresolved: {state.Unresolved}{oldest}");
        return text.Append(Payments(state)).ToString();
    }

    /// <summary>The same for programs: one object, whose keys must not change.</summary>
    string AsJson(DeskState state) => Encoding.UTF8.GetString(Json.Object(json =>
    {
        json.WriteString("lane", Lane(state.Lane));
        json.WriteStartObject("links");
        foreach (var (link, condition) in links())
        {
            json.WriteString(link, condition);
        }
        json.WriteEndObject();
        Write(json, Fault());
        json.WriteString("journal", loop.Failure?.Message ?? "ready");
        json.WriteNumber("inputsDropped", inbox.Dropped);
        json.WriteNumber("unresolved", state.Unresolved);
        if (Oldest(state) is { } age)
        {
            json.WriteNumber("oldestSeconds", (long)age.TotalSeconds);
        }
        json.WriteStartArray("payments");
        foreach (var t in state.Open)
        {
            json.WriteStartObject();
            json.WriteString("id", t.Order.Id.Value);
            json.WriteNumber("receipt", t.Order.Receipt);
            var amount = JournalText.AmountOf(t.Order);
            json.WriteNumber("minor", amount.Minor);
            if (t.Order is Sale { Delivered: { } delivered })
            {
                json.WriteNumber("deliveredMinor", delivered);
            }
            json.WriteString("currency", amount.Currency.Code);
            json.WriteNumber("atUnixMs", t.Order.At.UnixMilliseconds);
            json.WriteString("payment", t.Payment.GetType().Name);
            json.WriteString("till", t.Delivery.GetType().Name);
            json.WriteBoolean("unresolved", t.IsUnresolved);
            json.WriteEndObject();
        }
        json.WriteEndArray();
    })) + "\n";

    static void Write(Utf8JsonWriter json, FieldCode? fault)
    {
        if (fault is null)
        {
            json.WriteNull("fault");
            return;
        }
        json.WriteStartObject("fault");
        json.WriteString("code", fault.Code);
        json.WriteString("meaning", fault.Meaning.English);
        json.WriteString("next", fault.NextStep.English);
        json.WriteEndObject();
    }

    static string Payments(DeskState state) =>
        string.Concat(state.Open.Select(t => $"payment {JournalText.Describe(t)}\n"));

    /// <summary>Age of the oldest unresolved payment, if there is one.</summary>
    TimeSpan? Oldest(DeskState state)
    {
        var since = state.Open.Where(t => t.IsUnresolved).Min(t => (long?)t.Order.At.UnixMilliseconds);
        // Wall time jumps; a negative age would only confuse.
        return since is { } at ? TimeSpan.FromMilliseconds(Math.Max(0, clock.Wall.UnixMilliseconds - at)) : null;
    }

    static string Words(TimeSpan age) => (age.Days > 0 ? $"{age.Days} d " : "") + age.ToString("hh\\:mm\\:ss");

    string Resolve(PaymentId id, string by, string note)
    {
        if (loop.State.Find(id) is not { } found ||
            found is not ({ IsUnresolved: true } or { Delivery: DeliveryState.Held }))
        {
            return $"error: payment {id} is not unresolved\n";
        }
        if (found.Payment is PaymentState.Requested or PaymentState.Pending || loop.Failure is not null)
        {
            return $"error: payment {id} cannot be closed yet, wait for its answer\n";
        }
        inbox.Post(new DeskInput.Happened(id, new PaymentInput.Resolved(by, note)));
        // The loop shows a state only after its commit.
        if (!SpinWait.SpinUntil(() => IsTaken(found), Patience))
        {
            return $"payment {id}: handed over, not written down yet; see: payments list\n";
        }
        return found.Delivery is DeliveryState.Held
            ? $"payment {id}: taken back by {by}, the money goes back\n"
            : $"payment {id}: closed by {by}\n";
    }

    string Learn(string by)
    {
        LearnTime(by);
        return "gateway time: forgotten, and learned from its next three answers\n";
    }

    bool IsTaken(Transaction decided) => loop.State.Find(decided.Order.Id) is var now &&
        (decided.Delivery is DeliveryState.Held
            ? now?.Delivery is not DeliveryState.Held
            : now is not { IsUnresolved: true });

    static string Lane(LaneState lane) => lane switch
    {
        LaneState.AwaitingCode or LaneState.Confirming => "awaiting a code",
        LaneState.Paying => "paying",
        _ => "idle",
    };
}
