namespace Terminal.Panel;

/// <summary>An SSD1306 display of 128×64. Whatever fails throws <see cref="IOException"/>; whoever asked opens it
/// anew.</summary>
public interface ISsd1306 : IDisposable
{
    /// <summary>Sets it up and switches it on.</summary>
    void Start();

    /// <param name="page">Eight rows, counted from the top.</param>
    /// <param name="columns">A byte per column, the topmost row in bit 0.</param>
    void Draw(int page, ReadOnlySpan<byte> columns);

    void SetContrast(byte level);

    void Stop();
}
