namespace Terminal.Panel.Screens;

/// <summary>
/// A picture of lit and dark pixels. Outside its bounds everything is dark, and drawing there has no effect.
/// </summary>
sealed class Canvas(int width, int height)
{
    readonly bool[] pixels = new bool[width * height];

    public int Width => width;
    public int Height => height;

    public bool this[int x, int y]
    {
        get => Holds(x, y) && pixels[y * width + x];
        set
        {
            if (Holds(x, y))
            {
                pixels[y * width + x] = value;
            }
        }
    }

    /// <summary>Lights the pixels that are lit in the picture and leaves the others.</summary>
    public void Draw(Canvas picture, int left, int top)
    {
        for (var y = 0; y < picture.Height; y++)
        {
            for (var x = 0; x < picture.Width; x++)
            {
                this[left + x, top + y] |= picture[x, y];
            }
        }
    }

    /// <summary>Lights a horizontal line.</summary>
    public void Rule(int left, int right, int y)
    {
        for (var x = left; x <= right; x++)
        {
            this[x, y] = true;
        }
    }

    public void Invert(int left, int top, int columns, int rows)
    {
        for (var y = top; y < top + rows; y++)
        {
            for (var x = left; x < left + columns; x++)
            {
                this[x, y] ^= true;
            }
        }
    }

    /// <summary>The picture at twice the size, with smooth diagonals (Scale2x).</summary>
    public Canvas Doubled()
    {
        var big = new Canvas(width * 2, height * 2);
        for (var y = 0; y < height; y++)
        {
            for (var x = 0; x < width; x++)
            {
                var (own, up, down, left, right) =
                    (this[x, y], this[x, y - 1], this[x, y + 1], this[x - 1, y], this[x + 1, y]);
                var corner = up != down && left != right;
                big[2 * x, 2 * y] = corner && left == up ? up : own;
                big[2 * x + 1, 2 * y] = corner && up == right ? right : own;
                big[2 * x, 2 * y + 1] = corner && left == down ? left : own;
                big[2 * x + 1, 2 * y + 1] = corner && down == right ? down : own;
            }
        }
        return big;
    }

    bool Holds(int x, int y) => x >= 0 && x < width && y >= 0 && y < height;
}
