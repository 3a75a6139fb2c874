namespace Terminal;

/// <summary>
/// The parts of the service, closed in reverse order. A part that fails to close is only reported, so that it does not
/// hide what ended the service.
/// </summary>
/// <param name="tell">Hears which part did not close; must not throw.</param>
sealed class Parts(Action<string> tell) : IDisposable
{
    readonly Stack<IDisposable> parts = [];

    /// <returns>The same part; null if there is none.</returns>
    public T Add<T>(T part)
        where T : IDisposable?
    {
        if (part is not null)
        {
            parts.Push(part);
        }
        return part;
    }

    public void Dispose()
    {
        while (parts.TryPop(out var part))
        {
            try
            {
                part.Dispose();
            }
            catch (Exception e)
            {
                tell($"{part.GetType().Name} did not close: {e.Message}");
            }
        }
    }
}
