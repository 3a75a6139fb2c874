using Terminal.Backend;

namespace Terminal.Tests.Backend;

/// <summary>A connection that notes what is asked of it and tells what the test says.</summary>
sealed class ScriptedLink(Action<BackendEvent> tell) : IBackend
{
    public Will? Will { get; private set; }
    public List<string> Subscriptions { get; } = [];
    public List<(int Token, Publication Message)> Published { get; } = [];
    public bool Disposed { get; private set; }

    public void Open(Will? will) => Will = will;

    public void Subscribe(string filter) => Subscriptions.Add(filter);

    public void Publish(int token, Publication message) => Published.Add((token, message));

    public void Tell(BackendEvent happened) => tell(happened);

    public void Dispose() => Disposed = true;
}
