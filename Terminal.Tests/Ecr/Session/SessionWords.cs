using Terminal.Ecr.Messages;
using Terminal.Ecr.Session;
using Terminal.Payments;
using Terminal.Payments.Orders;
using Terminal.Tests.Payments;

namespace Terminal.Tests.Ecr.Session;

/// <summary>States and moves of the session in the words of its table.</summary>
static class SessionWords
{
    public static string Of(SessionState state)
    {
        var open = state.Open;
        string[] parts =
        [
            .. open is { IsTotals: true } ? ["totals"] : Nothing,
            .. open is { WasAskedFor: true } ? ["has lost track"] : Nothing,
            .. state switch
            {
                SessionState.Idle { Closing: { } p } => [$"06 1E for {p}"],
                SessionState.Working s => [$"{s.Desk}"],
                SessionState.CutOff { Next: { } next } s => [$"{s.Desk}", $"{s.By}", $"waits: {Of(next.Apdu)}"],
                SessionState.CutOff s => [$"{s.Desk}", $"{s.By}"],
                SessionState.Telling.Result s => [.. Of(s)],
                _ => Nothing,
            },
            .. state.Past.Untold is { } untold ? [$"untold {untold}"] : Nothing,
            .. state.Past.Last is { } last
                ? [$"order {last.Number}{(last.Payment is { } id ? $" is {id}" : "")}"]
                : Nothing,
        ];
        return Golden.Name(state.GetType()) + (parts.Length > 0 ? $"({string.Join(", ", parts)})" : "");
    }

    static string[] Nothing => [];

    static IEnumerable<string> Of(SessionState.Telling.Result s) =>
    [
        $"{s.Payment} {s.Offer.Outcome.GetType().Name}",
        .. s.Offer.Order is Sale { Delivered: { } part } ? [$"delivered {part}"] : Nothing,
        .. s switch
        {
            SessionState.Telling.Result.OnOffer { Repeats: > 0 and var n } => [$"repeats {n}"],
            SessionState.Telling.Result.PutOff { Repeats: var n } => [$"repeats {n}"],
            SessionState.Telling.Result.Answered { IsExhausted: true } => ["too often"],
            _ => Nothing,
        },
    ];

    public static string Of(IEnumerable<SessionMove> moves) => string.Join("; ", moves.Select(Of));

    static string Of(SessionMove move) => move switch
    {
        SessionMove.Post e => Of(e.Input),
        SessionMove.Read e => $"read {Of(e.Apdu)}",
        SessionMove.Wipe e => $"wipe {Of(e.Apdu)}",
        SessionMove.Reply { Then: { } then } e => $"reply {Of(e.Answer)}, then {Of(then)}",
        SessionMove.Reply e => $"reply {Of(e.Answer)}",
        SessionMove.Forget e => $"forget what is not answered ({e.As})",
        SessionMove.Say e => $"say {Of(e.Purpose)}",
        SessionMove.Print e => $"print ({e.Outcome.GetType().Name})",
        SessionMove.Show e => $"show {e.Cue.Stage}",
        SessionMove.Serve => "serve",
        _ => move.GetType().Name.ToLowerInvariant(),
    };

    public static string Of(Purpose purpose) => purpose switch
    {
        Purpose.Offer e => $"04 0F {e.What.Outcome.GetType().Name}",
        Purpose.TooOften e => $"04 0F {e.Outcome.GetType().Name}, too often",
        Purpose.Refusal e => $"04 0F {e.Why.Reason}",
        Purpose.Totals => "04 0F totals",
        Purpose.Complete => "06 0F",
        Purpose.EndOfTotals => "06 0F of totals",
        Purpose.End e => $"06 1E {e.Outcome.GetType().Name}",
        Purpose.EndOfRefusal e => $"06 1E {e.Why.Reason}",
        Purpose.Progress => "04 FF",
        Purpose.Print => "06 D1",
        _ => purpose.GetType().Name,
    };

    static string Of(Apdu apdu) => $"{apdu.Command >> 8:X2} {apdu.Command & 0xFF:X2}";

    static string Of(LoopInput input) => input switch
    {
        DeskInput.Answered { Delivered: > 0 } e => $"desk: {e.Answer} {e.Delivered}",
        DeskInput.Answered e => $"desk: {e.Answer}",
        DeskInput.Closed e => $"desk: closed, {(e.Acknowledged ? "" : "not ")}acknowledged",
        _ => $"desk: {input.GetType().Name}",
    };
}
