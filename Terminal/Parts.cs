namespace Terminal;

/// <summary>
/// What the service is made of, taken apart in reverse order. A part that cannot be closed is told and no more: what
/// ended the service must not be covered by what follows from it.
/// </summary>
/// <param name="tell">Hears what did not close; must not throw.</param>
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
