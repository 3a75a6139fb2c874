using Terminal.Panel.Screens;

namespace Sandbox.Panel;

/// <summary>A picture of grey pixels, 0 black to 255 white, for looking at screens outside of a terminal.</summary>
sealed class GreyPicture(int width, int height)
{
    public int Width => width;
    public int Height => height;

    /// <summary>Row by row from the top left.</summary>
    public byte[] Pixels { get; } = new byte[width * height];

    public void Fill(byte grey) => Array.Fill(Pixels, grey);

    /// <summary>Each pixel of the canvas becomes a square of <paramref name="zoom"/>.</summary>
    public void Draw(Canvas canvas, int left, int top, int zoom)
    {
        for (var y = 0; y < canvas.Height * zoom; y++)
        {
            for (var x = 0; x < canvas.Width * zoom; x++)
            {
                Pixels[(top + y) * width + left + x] = canvas[x / zoom, y / zoom] ? (byte)255 : (byte)0;
            }
        }
    }
}
