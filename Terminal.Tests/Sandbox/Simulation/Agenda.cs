namespace Sandbox.Simulation;

/// <summary>Virtual time of one world: what happens when, in order; ties in the order they were planned.</summary>
sealed class Agenda
{
    readonly PriorityQueue<Action, (long At, int Order)> plans = new();
    int planned;

    public long Now { get; private set; }

    public long NextAt => plans.TryPeek(out _, out var at) ? at.At : long.MaxValue;

    public void After(TimeSpan delay, Action action) =>
        plans.Enqueue(action, (Now + Math.Max(0, delay.Ticks), planned++));

    public void RunNext()
    {
        plans.TryDequeue(out var action, out var at);
        Now = at.At;
        action?.Invoke();
    }

    public void PassTo(long at) => Now = Math.Max(Now, at);
}
